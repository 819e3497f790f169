using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.OneThing;
using GaoXin.Portal.OneThing.Connectors;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Cases;
using GaoXin.Portal.Tests.Registration.Procedures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>A host with the simulated outside parties on an address of their own, over real HTTP both ways.</summary>
public class OneThingHost : ProcedureHost, IAsyncLifetime
{
    private static int _enterprise;
    private WebApplication? _simulator;

    internal PartySimulator Parties { get; private set; } = null!;

    /// <summary>The portal answers nobody.</summary>
    protected virtual bool IsDead => false;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        Parties = new PartySimulator(() => new HttpClient(new WebhookToHost(this)), Clock);
        _simulator = Parties.Build("http://127.0.0.1:0");
        await _simulator.StartAsync();
        await InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        if (_simulator is not null)
            await _simulator.DisposeAsync();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["OneThing:Simulator:Address"] = _simulator!.Urls.First();
    }

    /// <summary>Delivers events and answers of the parties until nothing moves.</summary>
    internal async Task Settle(bool failuresAreWanted = false)
    {
        int delivered;
        do
        {
            delivered = await DrainOutbox(failuresAreWanted);
            await Parties.Idle();
        }
        while (delivered > 0);
    }

    /// <summary>A person, for an enterprise when only enterprises may file.</summary>
    internal async Task<TestUser> Applicant(ServiceDefinition service)
    {
        var (user, _, number, _) = await NewPerson(1990);
        if (service.Audiences.Contains(Audience.Person))
            return user;
        var enterprise = await As(TestUsers.System).Send(new RegisterEnterprise
        {
            CreditCode = CreditCode.Compose("91", "410100", $"MAYKT{Interlocked.Increment(ref _enterprise):000}").Code,
            Name = "郑州演示一件事有限公司",
            LegalRepresentativeIdNumber = number,
        });
        return user.ActingFor(enterprise);
    }

    /// <summary>Fills in the merged form page by page as a careful person would, with these answers where they are given.</summary>
    internal async Task<Guid> Fill(TestUser citizen, ServiceDefinition service, bool lastChoices = false, params (string Path, string? Value)[] given)
    {
        var draft = await As(citizen).Send(new StartCase(service.Code));
        var answers = new ValidAnswers(Clock.Today(), lastChoices);
        var done = new HashSet<string>();
        while ((await As(citizen).Send(new GetTaskList(draft))).Tasks.FirstOrDefault(t => !done.Contains(t.PageId)) is { } task)
        {
            await FillPage(citizen, draft, task.PageId, answers, given);
            done.Add(task.PageId);
        }

        return draft;
    }

    internal async Task<SubmittedCase> File(TestUser citizen, ServiceDefinition service, bool lastChoices = false, params (string Path, string? Value)[] given) =>
        await Submit(citizen, await Fill(citizen, service, lastChoices, given));

    /// <summary>What a company that is wound up in order answers besides what is prefilled; its head of liquidation is its legal representative.</summary>
    internal (string, string?)[] Closing(Firm firm) =>
    [
        ("liquidation.head.name", "演示丙"), ("liquidation.head.idNo", firm.LeaderNumber), ("close.decidedOn", Before(80)), ("liquidation.formedOn", Before(79)),
        ("liquidation.notifiedOn", Before(78)), ("liquidation.announcedOn", Before(78)), ("liquidation.endedOn", Before(3)),
    ];

    private string Before(int days) => $"{Clock.Today().AddDays(-days):yyyy-MM-dd}";

    internal Task<BundleTrack> Track(TestUser citizen, Guid bundle) => As(citizen).Send(new GetBundleTrack(bundle));

    internal async Task<ServiceDefinition> Bundle(string code) => (await Send(new GetServiceDefinition(code))).ShouldNotBeNull();

    /// <summary>An officer of the member's department at work on it.</summary>
    internal async Task<UserSession> AtDesk(string department, Guid caseId)
    {
        var desk = As(TestUsers.Officer(department));
        await desk.Send(new ClaimCase(caseId));
        // Where somebody has to sign in the hall, it is looked through first and signed at the window.
        if ((await desk.Send(new GetCaseForReview(caseId))).Actions.Contains(CaseAction.PreCheck))
            await desk.Send(new PreCheckCase(caseId));
        await desk.Send(new AcceptCase(caseId));
        return desk;
    }

    internal async Task Approve(string department, Guid caseId)
    {
        var desk = await AtDesk(department, caseId);
        var referred = (await desk.Send(new GetCaseForReview(caseId))).Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId).ToList();
        await desk.Send(new DecideCase { CaseId = caseId, Decision = CaseAction.Approve, CheckedRules = referred });
    }

    /// <summary>The member cases of a bundle by code.</summary>
    internal Task<IReadOnlyDictionary<string, MemberCase>> Members(Guid bundle) => InScope(async services =>
        (IReadOnlyDictionary<string, MemberCase>)(await services.GetRequiredService<IMemberCases>().Of(bundle, CancellationToken.None)).ToDictionary(m => m.Code));

    private async Task FillPage(TestUser citizen, Guid draft, string page, ValidAnswers answers, (string Path, string? Value)[] given)
    {
        SavedFormPage saved;
        var rounds = 0;
        do
        {
            var shown = await As(citizen).Send(new GetFormPage(draft, page));
            foreach (var material in shown.Materials.Where(m => m.Files.Count == 0))
                await As(citizen).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray()));
            var values = Careful(shown, answers, given);
            saved = await As(citizen).Send(new SaveFormPage { CaseId = draft, PageId = page, Version = shown.Version, Values = values });
        }
        while (saved.Problems.Any(p => !p.IsWarning) && ++rounds < 5);
        saved.Problems.Where(p => !p.IsWarning).Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty(page);
    }

    private static Dictionary<string, string?> Careful(FormPageView shown, ValidAnswers answers, (string Path, string? Value)[] given)
    {
        // Rows that are shown are kept: a bundle's groups may be prefilled with the applicant.
        var rows = shown.Fields.Where(f => f.Rows.Count > 0).ToList();
        var values = answers.For(shown with { Fields = [.. shown.Fields.Except(rows)] });
        foreach (var field in rows.SelectMany(f => f.Rows).SelectMany(r => r.Fields).Where(f => f is { Visible: true, ReadOnly: false }))
            values[field.Path] = field.Value;
        foreach (var (path, value) in given.Where(g => values.ContainsKey(g.Path) || shown.Fields.Any(f => g.Path.StartsWith(f.Path + "/", StringComparison.Ordinal))))
            values[path] = value;
        return values;
    }

    /// <summary>The simulator's webhook, into the host's own command as the API hands it over.</summary>
    private sealed class WebhookToHost(OneThingHost host) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            try
            {
                var fault = await host.Send(new ReceiveAnswer(path.Split('/')[3], request.Headers.GetValues("X-Portal-Time").Single(), path, body,
                    request.Headers.GetValues("X-Portal-Signature").Single()), cancellationToken);
                return new HttpResponseMessage(fault is null ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
            }
            catch (Exception) when (host.IsDead)
            {
                throw new HttpRequestException("The portal is down.");
            }
        }
    }
}
