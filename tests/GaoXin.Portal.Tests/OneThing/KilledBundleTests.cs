using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.OneThing;
using GaoXin.Portal.OneThing.Connectors;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>A host that can be killed between any two statements; the outside parties live on, as other programs do.</summary>
public sealed class MortalHost : OneThingHost
{
    public MortalHost() => Death = new SuddenDeath(() => Database.ConnectionString);

    internal SuddenDeath Death { get; }

    protected override bool IsDead => Death.HasCome;

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.ConfigureDbContext<PortalDbContext>(options => options.AddInterceptors(Death));
    }

    /// <summary>A new program over what the database kept. Answers that the parties were giving meanwhile found nobody.</summary>
    internal async Task ComeBack()
    {
        await Parties.Idle();
        await Restart();
        Death.Forget();
    }
}

/// <summary>
/// Kills the program at random points of running bundles, from the press of the button to the last result: after the restart every
/// bundle ends right, and no party has work twice or never. <c>PORTAL_KILL_POINTS</c> says at how many points; 12 without it.
/// </summary>
public sealed class KilledBundleTests(MortalHost host) : IClassFixture<MortalHost>
{
    private const int Seed = 20261129;
    private const int MostRounds = 40;
    private static readonly Guid Officer = Guid.CreateVersion7();

    private static readonly (string Code, (string, string?)[] Given)[] Bundles =
    [
        ("utilities-one-thing", []),
        ("home-transfer-one-thing",
        [
            ("property.unitNo", "410172001001GB00011F00010101"), ("property.certificateNo", "豫（2024）郑州市不动产权第0000111号"),
            ("property.location", "郑州高新区演示大道 1 号演示苑 1 号楼 1204 室"), ("property.area", "86.40"), ("property.use", "residence"),
            ("propertySeller.idNo", "410102198503120110"), ("property.shareForm", "sole"),
        ]),
    ];

    [Fact]
    public async Task Whenever_the_program_dies_every_bundle_ends_right_and_no_message_is_lost_or_doubled()
    {
        var points = int.Parse(Environment.GetEnvironmentVariable("PORTAL_KILL_POINTS") ?? "12", CultureInfo.InvariantCulture);
        var random = new Random(Seed);
        var lengths = new List<int>();
        foreach (var (code, given) in Bundles)
        {
            lengths.Add((await Live(code, given, 0)).Passed);
        }

        var deaths = 0;
        for (var i = 0; i < points; i++)
        {
            var (code, given) = Bundles[i % Bundles.Length];
            deaths += (await Live(code, given, 1 + random.Next(lengths[i % Bundles.Length]))).Died ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{points} points of {string.Join(" and ", lengths)}, killed {deaths} times, nothing lost, nothing doubled.");
        deaths.ShouldBeGreaterThan(points / 2);
    }

    /// <summary>Files a bundle, kills the program at a point of its life, and goes on after the restart until it has ended. Answers whether the program died, and the points of its life.</summary>
    private async Task<(bool Died, int Passed)> Live(string code, (string, string?)[] given, int at)
    {
        var service = await host.Bundle(code);
        var citizen = await host.Applicant(service);
        var draft = await host.Fill(citizen, service, lastChoices: true, given);
        host.Death.Arm(at);
        var (died, passed) = (false, 0);
        try
        {
            await GoOn(citizen, service, draft);
            passed = host.Death.Disarm();
        }
        catch (Exception) when (host.Death.HasCome)
        {
            died = true;
            await host.ComeBack();
            await GoOn(citizen, service, draft);
        }

        await MustBeRight(citizen, draft, $"{code}, killed at {at}");
        return (died, passed);
    }

    /// <summary>What the applicant, the officer and time do until the bundle has ended; each looks how things stand, as people do.</summary>
    private async Task GoOn(TestUser citizen, ServiceDefinition service, Guid bundle)
    {
        var number = await host.InDatabase(db => db.Cases.Where(c => c.Id == bundle).Select(c => c.Number).SingleAsync());
        if (number is null)
            await host.Submit(citizen, bundle);
        for (var round = 0; round < MostRounds; round++)
        {
            await host.Settle(failuresAreWanted: true);
            if (await host.InDatabase(db => db.Bundles.AnyAsync(b => b.CaseId == bundle && b.EndedAt != null)))
            {
                // What the dead program had in hand is free again when its lease runs out.
                host.Clock.Advance(TimeSpan.FromHours(3));
                await host.Settle();
                return;
            }

            foreach (var member in (await host.Members(bundle)).Values.Where(m => m.InHand || m.State == CaseState.PreChecked))
            {
                if (service.Bundle!.Members.Single(m => m.Code == member.Code) is { Party: null, Department: { } department })
                    await Work(member.Id, department);
            }

            await host.Settle(failuresAreWanted: true);
            // Leases run out, delays pass, and who got no answer for long asks again.
            host.Clock.Advance(TimeSpan.FromHours(3));
            await host.InScope(s => s.GetServices<IPeriodicTask>().OfType<RemindParties>().Single().Run(CancellationToken.None));
            await host.InScope(s => s.GetServices<IPeriodicTask>().OfType<WatchBundles>().Single().Run(CancellationToken.None));
        }
    }

    private async Task Work(Guid caseId, string department)
    {
        var desk = host.As(TestUsers.Officer(department) with { Id = Officer });
        await desk.Send(new ClaimCase(caseId));
        if ((await desk.Send(new GetCaseForReview(caseId))).Actions.Contains(CaseAction.PreCheck))
            await desk.Send(new PreCheckCase(caseId));
        if ((await desk.Send(new GetCaseForReview(caseId))).Actions.Contains(CaseAction.Accept))
            await desk.Send(new AcceptCase(caseId));
        if ((await desk.Send(new GetCaseForReview(caseId))).Actions.Contains(CaseAction.Approve))
            await desk.Send(new DecideCase { CaseId = caseId, Decision = CaseAction.Approve });
    }

    private async Task MustBeRight(TestUser citizen, Guid bundle, string when)
    {
        var track = await host.Track(citizen, bundle);
        track.Standing.ShouldBe(BundleStanding.Done, when);
        var whole = await host.As(citizen).Send(new GetCaseTrack(bundle));
        (whole.Case.State, whole.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved), when);
        track.Members.ShouldAllBe(m => m.LicenceId != null, when);
        var members = await host.InDatabase(db => db.Cases.AsNoTracking().Where(c => c.BundleId == bundle).ToListAsync());
        members.Count.ShouldBe(track.Members.Count, when);
        members.Select(m => m.LicenceId).ShouldBeUnique(when);
        foreach (var member in track.Members.Where(m => m.Title.Contains("报装", StringComparison.Ordinal) || m.Title.Contains("户名", StringComparison.Ordinal) || m.Title.Contains("用电", StringComparison.Ordinal)))
            host.Parties.Received.Count(r => r.CaseNumber == member.Number).ShouldBe(1, $"{member.Title}: {when}");
        (await host.InDatabase(db => db.Set<OutboxMessage>().CountAsync(m => m.DoneAt == null))).ShouldBe(0, when);
        (await host.As(citizen).Send(new GetMyNotices())).Items.GroupBy(n => (n.Title, n.Text)).ShouldAllBe(g => g.Count() == 1, when);
        var events = await host.InDatabase(db => db.CaseEvents.AsNoTracking().Join(db.Cases.Where(c => c.Id == bundle || c.BundleId == bundle), e => e.CaseId, c => c.Id, (e, _) => new { e.CaseId, e.Kind }).ToListAsync());
        events.Where(e => e.Kind is nameof(CaseAction.Submit) or nameof(CaseAction.Approve) or nameof(CaseAction.Close)).GroupBy(e => e).ShouldAllBe(g => g.Count() == 1, when);
    }
}
