using System.Globalization;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Benchmarks.Complaints;

/// <summary>
/// Every work list of complaints with many of them, the supervision board and its rows, the topics of a month and what programs ask for: each
/// statement the handler really sends, explained with its own parameters.
/// </summary>
internal sealed class ComplaintListBenchmark : IBenchmark
{
    private const double Target = 100;
    private const string Unit = "urban-management";

    /// <summary>A tenth is open, over all desks and ten units; the rest is closed.</summary>
    private const string Insert =
        """
        INSERT INTO complaints.complaints (id, number, channel, identity, code_hash, protected_text, fingerprint, kind, topic, urgency, complex, may_publish, state, desk, round,
            unit, locked, former_handlers, rulebook_version, submitted_at, due_at, warn_at, closed_at, asks, event_count, handler_id, phone_hash, tail_hash, protected_phone)
        SELECT gen_random_uuid(), 'B' || i, 'Web', 'Anonymous', '\x01', '\x01', '{}', 'Grievance', 'street-light', 'Ordinary', false, false,
            CASE WHEN i % 10 > 0 THEN 'Closed' WHEN i % 50 = 0 THEN 'Accepted' WHEN i % 50 = 10 THEN 'Replied' WHEN i % 50 = 20 THEN 'ReplyReview' WHEN i % 50 = 30 THEN 'Suspended' ELSE 'InProgress' END,
            CASE WHEN i % 10 > 0 THEN 'Nobody' WHEN i % 50 = 0 THEN 'Clerk' WHEN i % 50 = 10 THEN 'CallBack' WHEN i % 50 = 20 THEN 'Reviewer' WHEN i % 50 = 30 THEN 'Waiting' ELSE 'Unit' END,
            1, CASE WHEN i % 3 = 0 THEN 'urban-management' ELSE 'construction' END, false, '{}', 1, now() - i * interval '1 minute',
            CASE WHEN i % 10 = 0 AND i % 50 <> 30 THEN TIMESTAMPTZ '2026-11-23 01:00Z' + (i % 900 - 300) * interval '1 hour' END, NULL,
            CASE WHEN i % 10 > 0 THEN now() END, i % 1000 = 30, 0, CASE WHEN i % 50 = 40 AND i % 150 = 90 THEN '{0}'::uuid END,
            decode(lpad(to_hex(i % 20000), 8, '0'), 'hex'), '\x01', '\x01'
        FROM generate_series(1, {1}) AS i
        """;

    /// <summary>A clock for each open one, some of them pressed for, some supervised.</summary>
    private static readonly string[] Records =
    [
        """
        INSERT INTO complaints.clocks (id, complaint_id, round, kind, started_at, hours, days, extra_days, due_at, fulfilled, merged, calendar_version)
        SELECT gen_random_uuid(), id, 1, 'Handling', submitted_at, 0, 5, 0, due_at, false, false, 'x' FROM complaints.complaints WHERE desk <> 'Nobody'
        """,
        "INSERT INTO complaints.escalations (complaint_id, round, clock, level, at, unit) SELECT id, 1, 'Handling', 'Urged', now(), unit FROM complaints.complaints WHERE desk <> 'Nobody' AND abs(hashtext(number)) % 10 = 0",
        "INSERT INTO complaints.supervisions (id, complaint_id, round, why, opened_at) SELECT gen_random_uuid(), id, 1, 'x', now() FROM complaints.complaints WHERE desk <> 'Nobody' AND abs(hashtext(number)) % 100 = 0",
        "VACUUM ANALYZE complaints.complaints, complaints.clocks, complaints.escalations, complaints.supervisions",
    ];

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        var handler = Guid.CreateVersion7();
        report.Heading($"Work lists and board of complaints with {options.ComplaintRows.ToString("N0", CultureInfo.InvariantCulture)} complaints");
        await Sql.ExecuteAsync(host.Database, string.Format(CultureInfo.InvariantCulture, Insert.Replace("'{}'", "'{{}}'", StringComparison.Ordinal), handler, options.ComplaintRows), ct);
        foreach (var statement in Records)
            await Sql.ExecuteAsync(host.Database, statement, ct);
        var rows = new List<string[]>();
        foreach (var (name, role, ask) in Asked)
        {
            var user = TestUsers.Staff(role) with { Id = handler, DepartmentCode = Unit };
            var sent = await host.Captured.During(() => ask(host, user));
            var explained = new List<Explained>();
            foreach (var statement in sent.Where(s => s.Text.Contains("complaints.", StringComparison.Ordinal)))
                explained.Add(await Sql.ExplainAsync(host.Database, statement, options.Repeats, ct));
            var (milliseconds, scans) = (explained.Sum(e => e.Milliseconds), explained.Any(e => e.Plan.Any(l => l.Contains("Seq Scan on complaints", StringComparison.Ordinal))));
            rows.Add([name, explained.Count.ToString(CultureInfo.InvariantCulture), Report.Figure(milliseconds), Report.Met(milliseconds <= Target), scans ? "reads the whole table" : "by index"]);
        }

        report.Table(["Asked", "statements", "database ms", "met", "plan"], rows);
    }

    private static IEnumerable<(string Name, string Role, Func<BenchmarkHost, TestUser, Task> Ask)> Asked =>
    [
        .. Lists.Select(l => ($"list {l.List}", l.Role, (Func<BenchmarkHost, TestUser, Task>)((host, user) => host.Send(new GetComplaintDesk(l.List), user)))),
        ("board", Roles.ComplaintSupervisor, (host, user) => host.Send(new GetSupervisionBoard(), user)),
        .. Enum.GetValues<SupervisedAs>().Select(a => ($"board rows {a}", Roles.ComplaintSupervisor, (Func<BenchmarkHost, TestUser, Task>)((host, user) => host.Send(new GetSupervisedRows(a), user)))),
        ("topics of a month", Roles.ComplaintSupervisor, (host, user) => host.Send(new GetTopicReport(Month), user)),
        ("rows of a topic", Roles.ComplaintSupervisor, (host, user) => host.Send(new GetTopicRows(Month, "street-light", TopicPart.Repeated), user)),
        ("public reports", Roles.ComplaintSupervisor, (host, user) => host.Send(new GetOpenReports(), user)),
    ];

    private static DateOnly Month => new(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1);

    private static readonly (ComplaintList List, string Role)[] Lists =
    [
        (ComplaintList.Intake, Roles.ComplaintClerk), (ComplaintList.Asked, Roles.ComplaintClerk), (ComplaintList.Unit, Roles.UnitLiaison), (ComplaintList.Mine, Roles.ComplaintHandler),
        (ComplaintList.CoHandling, Roles.UnitLiaison), (ComplaintList.Waiting, Roles.UnitLiaison), (ComplaintList.Review, Roles.ReplyReviewer), (ComplaintList.CallBack, Roles.CallBackOfficer),
        (ComplaintList.Supervisor, Roles.ComplaintSupervisor), (ComplaintList.Supervised, Roles.ComplaintSupervisor), (ComplaintList.Overdue, Roles.ComplaintSupervisor), (ComplaintList.Hotline, Roles.ComplaintSupervisor),
    ];
}
