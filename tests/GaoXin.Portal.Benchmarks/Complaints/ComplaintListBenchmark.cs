using System.Globalization;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Benchmarks.Complaints;

/// <summary>Every work list of complaints with many of them: each statement the handler really sends, explained with its own parameters.</summary>
internal sealed class ComplaintListBenchmark : IBenchmark
{
    private const double Target = 100;
    private const string Unit = "urban-management";

    /// <summary>A tenth is open, over all desks and ten units; the rest is closed.</summary>
    private const string Insert =
        """
        INSERT INTO complaints.complaints (id, number, channel, identity, code_hash, protected_text, fingerprint, kind, topic, urgency, complex, may_publish, state, desk, round,
            unit, locked, former_handlers, rulebook_version, submitted_at, due_at, warn_at, closed_at, asks, event_count, handler_id)
        SELECT gen_random_uuid(), 'B' || i, 'Web', 'Anonymous', '\x01', '\x01', '{}', 'Grievance', 'street-light', 'Ordinary', false, false,
            CASE WHEN i % 10 > 0 THEN 'Closed' WHEN i % 50 = 0 THEN 'Accepted' WHEN i % 50 = 10 THEN 'Replied' WHEN i % 50 = 20 THEN 'ReplyReview' WHEN i % 50 = 30 THEN 'Suspended' ELSE 'InProgress' END,
            CASE WHEN i % 10 > 0 THEN 'Nobody' WHEN i % 50 = 0 THEN 'Clerk' WHEN i % 50 = 10 THEN 'CallBack' WHEN i % 50 = 20 THEN 'Reviewer' WHEN i % 50 = 30 THEN 'Waiting' ELSE 'Unit' END,
            1, CASE WHEN i % 3 = 0 THEN 'urban-management' ELSE 'construction' END, false, '{}', 1, now() - i * interval '1 minute',
            CASE WHEN i % 10 = 0 AND i % 50 <> 30 THEN TIMESTAMPTZ '2026-11-23 01:00Z' + (i % 900 - 300) * interval '1 hour' END, NULL,
            CASE WHEN i % 10 > 0 THEN now() END, i % 1000 = 30, 0, CASE WHEN i % 50 = 40 AND i % 150 = 90 THEN '{0}'::uuid END
        FROM generate_series(1, {1}) AS i
        """;

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        var handler = Guid.CreateVersion7();
        report.Heading($"Work lists of complaints with {options.ComplaintRows.ToString("N0", CultureInfo.InvariantCulture)} complaints");
        await Sql.ExecuteAsync(host.Database, string.Format(CultureInfo.InvariantCulture, Insert.Replace("'{}'", "'{{}}'", StringComparison.Ordinal), handler, options.ComplaintRows), ct);
        await Sql.ExecuteAsync(host.Database, "VACUUM ANALYZE complaints.complaints", ct);
        var rows = new List<string[]>();
        foreach (var (list, role) in Lists)
        {
            var user = TestUsers.Staff(role) with { Id = handler, DepartmentCode = Unit };
            var sent = await host.Captured.During(() => host.Send(new GetComplaintDesk(list), user));
            var explained = new List<Explained>();
            foreach (var statement in sent.Where(s => s.Text.Contains("complaints.", StringComparison.Ordinal)))
                explained.Add(await Sql.ExplainAsync(host.Database, statement, options.Repeats, ct));
            var (milliseconds, scans) = (explained.Sum(e => e.Milliseconds), explained.Any(e => e.Plan.Any(l => l.Contains("Seq Scan on complaints", StringComparison.Ordinal))));
            rows.Add([list.ToString(), explained.Count.ToString(CultureInfo.InvariantCulture), Report.Figure(milliseconds), Report.Met(milliseconds <= Target), scans ? "reads the whole table" : "by index"]);
        }

        report.Table(["List", "statements", "database ms", "met", "plan"], rows);
    }

    private static readonly (ComplaintList List, string Role)[] Lists =
    [
        (ComplaintList.Intake, Roles.ComplaintClerk), (ComplaintList.Asked, Roles.ComplaintClerk), (ComplaintList.Unit, Roles.UnitLiaison), (ComplaintList.Mine, Roles.ComplaintHandler),
        (ComplaintList.CoHandling, Roles.UnitLiaison), (ComplaintList.Waiting, Roles.UnitLiaison), (ComplaintList.Review, Roles.ReplyReviewer), (ComplaintList.CallBack, Roles.CallBackOfficer),
        (ComplaintList.Supervisor, Roles.ComplaintSupervisor), (ComplaintList.Supervised, Roles.ComplaintSupervisor), (ComplaintList.Overdue, Roles.ComplaintSupervisor),
    ];
}
