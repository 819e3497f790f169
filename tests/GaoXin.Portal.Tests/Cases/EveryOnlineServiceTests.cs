using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Catalogue;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>Every service that is definition alone and has a form leads from a draft to a decision, whichever branch is taken.</summary>
public sealed class EveryOnlineServiceTests(CaseHost host) : IClassFixture<CaseHost>
{
    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();
    private static int _enterprise;

    /// <summary>The services without a handler of their own, from the seed files.</summary>
    public static TheoryData<string> Codes =>
        [.. SeedFiles.Services.Where(s => s.Content.Contains("\nhandler: generic\n", StringComparison.Ordinal) && s.Content.Contains("\npages:\n", StringComparison.Ordinal)).Select(s => s.Code)];

    [Fact]
    public void Fifteen_and_more_are_online_besides_the_delivered_ones() => Codes.Count.ShouldBeGreaterThanOrEqualTo(17);

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task It_is_filed_with_the_first_choices_and_decided(string code)
    {
        var (service, closed) = await FileAndDecide(code, lastChoices: false);

        // An instant item without rules is decided on the same day by an officer, or by the party outside that does it.
        if (service is { Nature.Handling: Handling.Instant, RuleSet: not null })
            closed.Steps.ShouldContain(s => s.Title == "系统审核通过", $"{service.Title} is an instant item with rules");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public Task It_is_filed_with_the_last_choices_and_decided(string code) => FileAndDecide(code, lastChoices: true);

    private async Task<(ServiceDefinition Service, CaseTrack Track)> FileAndDecide(string code, bool lastChoices)
    {
        var service = (await host.Send(new GetServiceDefinition(code))).ShouldNotBeNull();
        var citizen = await Applicant(service);
        var draft = await host.As(citizen).Send(new StartCase(code));
        var answers = new ValidAnswers(host.Clock.Today(), lastChoices);
        foreach (var page in service.Pages)
            await Fill(citizen, draft, page, answers);
        var submitted = await host.Submit(citizen, draft);
        await host.DrainOutbox();
        if ((await Track()).Case.State != CaseState.Closed)
            await Approve(service, submitted.CaseId);
        var track = await Track();
        (track.Case.State, track.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved));
        track.Case.LicenceId.ShouldNotBeNull();
        return (service, track);

        Task<CaseTrack> Track() => host.As(citizen).Send(new GetCaseTrack(submitted.CaseId));
    }

    /// <summary>A person, for an enterprise when only enterprises may apply. Of an age that most services are for.</summary>
    private async Task<TestUser> Applicant(ServiceDefinition service)
    {
        var (user, _, number, _) = await host.NewPerson(born: service.Code == "elder-card" ? 1950 : 1990);
        if (service.Audiences.Contains(Audience.Person))
            return user;
        var enterprise = await host.As(TestUsers.System).Send(new RegisterEnterprise
        {
            CreditCode = CreditCode.Compose("91", "410100", $"MATXT{Interlocked.Increment(ref _enterprise):000}").Code,
            Name = "郑州演示申报有限公司",
            LegalRepresentativeIdNumber = number,
        });
        return user.ActingFor(enterprise);
    }

    /// <summary>Saves again while an answer shows another question.</summary>
    private async Task Fill(TestUser citizen, Guid draft, FormPage page, ValidAnswers answers)
    {
        SavedFormPage saved;
        var rounds = 0;
        do
        {
            var shown = await host.As(citizen).Send(new GetFormPage(draft, page.Id));
            foreach (var material in shown.Materials.Where(m => m.Files.Count == 0))
                await host.As(citizen).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", Proof));
            saved = await host.As(citizen).Send(new SaveFormPage { CaseId = draft, PageId = page.Id, Version = shown.Version, Values = answers.For(shown) });
        }
        while (saved.Problems.Count > 0 && ++rounds < 4);
        saved.Problems.ShouldBeEmpty(page.Id);
    }

    private async Task Approve(ServiceDefinition service, Guid caseId)
    {
        var desk = host.As(TestUsers.Officer(service.Department));
        await desk.Send(new ClaimCase(caseId));
        await desk.Send(new AcceptCase(caseId));
        var referred = (await desk.Send(new GetCaseForReview(caseId))).Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId).ToList();
        await desk.Send(new DecideCase { CaseId = caseId, Decision = CaseAction.Approve, CheckedRules = referred });
        await host.DrainOutbox();
    }
}
