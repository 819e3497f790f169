using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.OneThing;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>Every delivered bundle is filed, dispatched and ended: by officers, by rules and by the simulated parties.</summary>
public sealed class EveryBundleTests(OneThingHost host) : IClassFixture<OneThingHost>
{
    /// <summary>企业开办 has a test class of its own: its form needs more than careful answers.</summary>
    public static TheoryData<string> Codes => [.. BundleDefinitionTests.Codes.Select(c => c.Data).Where(c => c != "open-company-one-thing")];

    [Theory]
    [MemberData(nameof(Codes))]
    public Task All_members_are_filed_and_approved(string code) => FileAndApprove(code, lastChoices: true);

    [Theory]
    [MemberData(nameof(Codes))]
    public Task With_the_first_choices_only_some_are(string code) => FileAndApprove(code, lastChoices: false);

    private async Task FileAndApprove(string code, bool lastChoices)
    {
        var service = await host.Bundle(code);
        var citizen = await host.Applicant(service);
        var submitted = await host.File(citizen, service, lastChoices, ("restaurant.area", lastChoices ? "320" : "120"), ("restaurant.sign", lastChoices ? "yes" : "no"));
        await host.Settle();

        for (var round = 0; round < 5 && (await host.Members(submitted.CaseId)).Values.Any(m => m.InHand); round++)
        {
            foreach (var member in (await host.Members(submitted.CaseId)).Values.Where(m => m.InHand))
                await host.Approve(service.Bundle!.Members.Single(m => m.Code == member.Code).Department, member.Id);
            await host.Settle();
        }

        var track = await host.Track(citizen, submitted.CaseId);
        track.Standing.ShouldBe(BundleStanding.Done);
        track.Members.ShouldAllBe(m => m.Standing == MemberStanding.Done && m.LicenceId != null && m.Number != null);
        if (lastChoices)
            track.Members.Count.ShouldBe(service.Bundle!.Members.Count);
        var whole = await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId));
        (whole.Case.State, whole.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved));
        host.Log.Entries.Where(e => e.Message.Contains("was opened with", StringComparison.Ordinal)).Select(e => e.Message).ShouldBeEmpty();
    }
}
