using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Catalogue;
using GaoXin.Portal.Tests.Registration.Procedures;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>Every service that is definition alone and has a form leads from a draft to a decision, whichever branch is taken.</summary>
public sealed class EveryOnlineServiceTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    /// <summary>Stands for the ID number of the company's legal representative.</summary>
    private const string Leader = "{leader}";

    /// <summary>What a careful person answers about a company in the register besides what is prefilled; with the first choices and with the last.</summary>
    private static readonly Dictionary<string, (string Path, string First, string Last)[]> OfProcedures = new()
    {
        ["company-change"] =
        [
            ("change.items", "name", "address,scope"), ("company.name.tradeName", "云杉", "云杉"), ("company.scope", "YB1001", "YB1001"),
            ("company.premises.room", "806 室", "906 室"), ("commitment.premises", "yes", "yes"),
        ],
        ["multi-address-filing"] = [("otherPremises/r1/otherPremises.licensed", "no", "no")],
        ["business-suspension"] = [("suspension.step", "begin", "begin")],
        ["company-simple-deregistration"] = [("simple.step", "publish", "publish")],
        ["individual-to-enterprise"] =
        [
            ("company.name.industry", "商贸", "网络科技"), ("company.capital", "100", "100"), ("shareholders/r1/shareholder.kind", "person", "person"),
            ("shareholders/r1/shareholder.name", "演示丙", "演示丙"), ("shareholders/r1/shareholder.idNo", Leader, Leader), ("shareholders/r1/shareholder.subscribed", "100", "100"),
        ],
        ["individual-business-change"] =
        [
            ("business.change.items", "name", "address,scope"), ("company.name.tradeName", "青竹", "青竹"), ("company.scope", "YB1501,YB1502", "YB1501,YB1502"),
            ("company.premises.room", "106 室", "206 室"), ("commitment.premises", "yes", "yes"),
        ],
        ["individual-business-deregistration"] = [("simple.debts", "never", "cleared")],
        ["company-deregistration"] =
        [
            ("liquidation.head.idNo", Leader, Leader), ("close.decidedOn", "2026-09-01", "2026-09-01"), ("liquidation.formedOn", "2026-09-02", "2026-09-02"), ("liquidation.notifiedOn", "2026-09-03", "2026-09-03"),
            ("liquidation.announcedOn", "2026-09-03", "2026-09-03"), ("liquidation.endedOn", "2026-11-20", "2026-11-20"),
        ],
    };

    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();
    private static int _enterprise;

    /// <summary>The services without a handler of their own, from the seed files.</summary>
    public static TheoryData<string> Codes =>
        [.. SeedFiles.Services.Where(s => s.Content.Contains("\nhandler: generic\n", StringComparison.Ordinal) && s.Content.Contains("\npages:\n", StringComparison.Ordinal)).Select(s => s.Code)];

    /// <summary>The procedures about an entity of the register, from the seed files: a new one needs its answers above.</summary>
    public static TheoryData<string> Procedures =>
        [.. SeedFiles.Services.Where(s => s.Content.Contains("\nhandler: registration.", StringComparison.Ordinal) && !s.Code.EndsWith("-setup", StringComparison.Ordinal)).Select(s => s.Code)];

    [Theory]
    [MemberData(nameof(Procedures))]
    public async Task A_procedure_of_the_register_is_filed_and_decided_with_either_choices(string code)
    {
        foreach (var last in new[] { false, true })
            await FileAndDecide(code, last);
    }

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
        var (citizen, given) = await Applicant(service, lastChoices);
        var draft = await host.As(citizen).Send(new StartCase(code));
        var answers = new ValidAnswers(host.Clock.Today(), lastChoices);
        foreach (var page in service.Pages)
        {
            if ((await host.As(citizen).Send(new GetTaskList(draft))).Tasks.Any(t => t.PageId == page.Id))
                await Fill(citizen, draft, page, answers, given);
        }

        var files = await host.InDatabase(db => db.Set<Attachment>().CountAsync(a => a.CaseId == draft && a.RemovedAt == null));
        (await host.As(citizen).Send(new GetCaseCheck(draft))).Materials.Sum(m => m.Files.Count).ShouldBe(files, "what was given is there to check");
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

    /// <summary>A person, for an enterprise when only enterprises may apply, for one of the register where the service is about it.</summary>
    private async Task<(TestUser User, Dictionary<string, string> Given)> Applicant(ServiceDefinition service, bool lastChoices)
    {
        if (OfProcedures.TryGetValue(service.Code, out var procedure))
        {
            var firm = service.Code.StartsWith("individual-", StringComparison.Ordinal) ? await host.NewShop() : await host.NewFirm(sole: true);
            return (firm.Leader, procedure.ToDictionary(g => g.Path, g => (lastChoices ? g.Last : g.First).Replace(Leader, firm.LeaderNumber, StringComparison.Ordinal)));
        }

        var (user, _, number, _) = await host.NewPerson(born: service.Code == "elder-card" ? 1950 : 1990);
        if (service.Audiences.Contains(Audience.Person))
            return (user, []);
        var enterprise = await host.As(TestUsers.System).Send(new RegisterEnterprise
        {
            CreditCode = CreditCode.Compose("91", "410100", $"MATXT{Interlocked.Increment(ref _enterprise):000}").Code,
            Name = "郑州演示申报有限公司",
            LegalRepresentativeIdNumber = number,
        });
        return (user.ActingFor(enterprise), []);
    }

    /// <summary>Saves again while an answer shows another question.</summary>
    private async Task Fill(TestUser citizen, Guid draft, FormPage page, ValidAnswers answers, Dictionary<string, string> given)
    {
        SavedFormPage saved;
        var rounds = 0;
        do
        {
            var shown = await host.As(citizen).Send(new GetFormPage(draft, page.Id));
            foreach (var material in shown.Materials.Where(m => m.Files.Count == 0))
                await host.As(citizen).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", Proof));
            var values = answers.For(shown);
            foreach (var (path, value) in given.Where(g => shown.Fields.Any(f => f.Visible && f.Path == g.Key.Split('/')[0])))
                values[path] = value;
            saved = await host.As(citizen).Send(new SaveFormPage { CaseId = draft, PageId = page.Id, Version = shown.Version, Values = values });
        }
        while (saved.Problems.Any(p => !p.IsWarning) && ++rounds < 4);
        saved.Problems.Where(p => !p.IsWarning).ShouldBeEmpty(page.Id);
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
