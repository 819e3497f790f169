using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Case = GaoXin.Portal.Cases.Case;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>
/// Golden deadlines (<c>Deadlines/deadlines.tsv</c>): 春节, 调休, pauses, rounds, reopened cases and clocks of hours, with due days that were
/// counted on the yearly notices. Each runs through the clock of cases as it runs in production: its segments in the database, the
/// calendar from the delivered files.
/// </summary>
public sealed class DeadlineTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string Hours = "hours";
    private static readonly IReadOnlyList<Golden> Cases = Read();

    public static TheoryData<string> OfDays => [.. Cases.Where(c => c.Clock != Hours).Select(c => c.Name)];

    public static TheoryData<string> OfHours => [.. Cases.Where(c => c.Clock == Hours).Select(c => c.Name)];

    [Fact]
    public void There_are_sixty_and_more() => Cases.Select(c => c.Name).Distinct().Count().ShouldBeGreaterThanOrEqualTo(60);

    [Theory]
    [MemberData(nameof(OfDays))]
    public async Task A_case_is_due_on_the_day_that_was_counted_from_the_notices(string name)
    {
        var golden = Cases.Single(c => c.Name == name);
        var service = (await host.Send(new GetServiceDefinition("elder-card"))).ShouldNotBeNull() with { Clock = new ServiceClock(golden.Limit, null) };

        var due = await host.InScope(async services =>
        {
            var time = new FakeTimeProvider(golden.Steps[0].On.At(TimeOnly.MinValue));
            var clock = new CaseClock(services.GetRequiredService<PortalDbContext>(), services.GetRequiredService<IMediator>(), time);
            var kept = NewCase(time.GetUtcNow());
            var db = services.GetRequiredService<PortalDbContext>();
            db.Add(kept);
            await db.SaveChangesAsync();
            foreach (var (i, (word, on)) in golden.Steps.Index())
            {
                time.SetUtcNow(on.At(new TimeOnly(10, i)));
                await Take(clock, word, kept, service);
                await db.SaveChangesAsync();
            }

            return kept.DueOn;
        });

        due.ShouldBe(golden.Due == "-" ? null : Day(golden.Due), golden.Why);
    }

    [Theory]
    [MemberData(nameof(OfHours))]
    public async Task A_clock_of_hours_ends_at_the_minute_that_was_counted_from_the_notices(string name)
    {
        var golden = Cases.Single(c => c.Name == name);
        var hours = await host.InScope(async services => (await services.GetRequiredService<Rulebooks>().Time(CancellationToken.None)).Hours);

        hours.Add(Instant(golden.Start), TimeSpan.FromHours(golden.Limit)).ShouldBe(Instant(golden.Due), golden.Why);
    }

    private static Task Take(CaseClock clock, string word, Case kept, ServiceDefinition service) => word switch
    {
        "received" => clock.Start(kept, ClockKind.Receipt, service, CancellationToken.None),
        "accepted" or "reopened" => clock.Start(kept, ClockKind.Promise, service, CancellationToken.None),
        "paused" => clock.Pause(kept, "等您补材料", service, CancellationToken.None),
        "special" => clock.Pause(kept, Portal.Cases.Staff.SpecialProcedures.PauseOf("听证"), service, CancellationToken.None),
        "resumed" or "ended" => clock.Resume(kept, service, CancellationToken.None),
        _ => throw new InvalidOperationException($"No step {word}."),
    };

    private static Case NewCase(DateTimeOffset now) => new()
    {
        ServiceCode = "elder-card",
        ServiceVersion = 1,
        ServiceTitle = "golden",
        Handler = "generic",
        Department = "civil-affairs",
        ApplicantId = Guid.CreateVersion7(),
        CreatedAt = now,
        DraftKeptUntil = now.Day(),
    };

    private static List<Golden> Read() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cases", "Deadlines", "deadlines.tsv")).Where(l => l.Length > 0 && l[0] != '#').Select(l => Golden.Of(l.Split('\t')))];

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => Day(text[..10]).At(TimeOnly.ParseExact(text[11..], "HH:mm", CultureInfo.InvariantCulture));

    private sealed record Golden(string Name, string Clock, int Limit, IReadOnlyList<(string Word, DateOnly On)> Steps, string Start, string Due, string Why)
    {
        public static Golden Of(string[] cells)
        {
            var steps = cells[3].Split("; ").Select(s => s.Split(' ')).ToList();
            return new Golden(cells[0], cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture), [.. steps.Select(s => (s[0], Day(s[1][..10])))], steps[0][1], cells[4], cells[5]);
        }
    }
}
