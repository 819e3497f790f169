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

    /// <summary>What an example can not answer: the size of the shop, and what the demo register knows of the home and does not know of the land.</summary>
    private static (string, string?)[] Given(string code, bool lastChoices) => code == "land-to-start"
        ? [("property.unitNo", "410172001009GB00099W00000000"), ("property.shareForm", "sole")]
        :
        [
            ("restaurant.area", lastChoices ? "320" : "120"), ("restaurant.sign", lastChoices ? "yes" : "no"),
            ("property.unitNo", "410172001001GB00011F00010101"), ("property.certificateNo", "豫（2024）郑州市不动产权第0000111号"),
            ("property.location", "郑州高新区演示大道 1 号演示苑 1 号楼 1204 室"), ("property.area", "86.40"), ("property.use", "residence"),
            ("propertySeller.idNo", "410102198503120110"), ("property.shareForm", "sole"),
        ];

    private async Task FileAndApprove(string code, bool lastChoices)
    {
        var service = await host.Bundle(code);
        // Who closes a company has one in the register.
        var firm = code == "close-company-one-thing" ? await host.NewFirm(sole: true) : null;
        var citizen = firm?.Leader ?? await host.Applicant(service);
        var submitted = await host.File(citizen, service, lastChoices, firm is null ? Given(code, lastChoices) : host.Closing(firm));
        await host.Settle();

        for (var round = 0; round < 5 && (await host.Members(submitted.CaseId)).Values.Any(m => m.InHand); round++)
        {
            // Who is looked at beforehand is approved after its predecessors.
            var turns = (await host.Track(citizen, submitted.CaseId)).Members.Where(m => m.WaitsFor.Count == 0).Select(m => m.CaseId).ToHashSet();
            foreach (var member in (await host.Members(submitted.CaseId)).Values.Where(m => m.InHand && turns.Contains(m.Id)))
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
