using System.Diagnostics;
using System.Globalization;
using GaoXin.Portal.Benchmarks.Load;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Benchmarks.Cases;

/// <summary>One look at the list: what the database gets from it is explained, and the page is asked for over HTTP.</summary>
internal sealed record Look(string Name, Func<Task> Send, string? Path);

/// <summary>
/// The work list of one department with many cases: each statement the handlers really send, explained with its own
/// parameters, and the same list as a page.
/// </summary>
internal sealed class WorkListBenchmark : IBenchmark
{
    private const double DatabaseTarget = 10;
    private const double PageTarget = 100;
    private const string Department = "market-regulation";

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        var officer = TestUsers.Officer(Department) with { Id = await host.Officer() };
        report.Heading($"Work list with {options.CaseRows.ToString("N0", CultureInfo.InvariantCulture)} cases of one department");
        var begun = Stopwatch.GetTimestamp();
        await CaseRows.Insert(host.Database, new CaseRows { Department = Department, Count = options.CaseRows, Today = TestSettings.Now.Day(), Officer = officer.Id }, ct);
        await Sql.ExecuteAsync(host.Database, "VACUUM ANALYZE cases.cases", ct);
        report.Line($"Generated in {Report.Figure(Stopwatch.GetElapsedTime(begun).TotalSeconds)} s; the table with its indexes has {await host.Database.ScalarAsync<string>("SELECT pg_size_pretty(pg_total_relation_size('cases.cases'))")}.\n");
        var session = await host.SessionOf(officer.Id);
        var rows = new List<string[]>();
        var plans = new List<(string Name, Explained Plan)>();
        foreach (var look in await Looks(host, officer, options))
        {
            var explained = await Explain(host, look, options, ct);
            plans.AddRange(explained.Select(e => (look.Name, e)));
            rows.Add(Row(look.Name, explained, PageMilliseconds(host, look, session, options)));
        }

        report.Line("Database: planning and execution of all statements of the look that read cases. Page: one request alone, over HTTP, to the last byte.\n");
        report.Table(["Look", "statements", "database ms", "met", "page ms", "met"], rows);
        foreach (var (name, plan) in plans.Where(p => !options.Quick || p.Plan.Milliseconds > DatabaseTarget))
            Print(report, name, plan);
    }

    private static string[] Row(string name, IReadOnlyList<Explained> explained, double? page)
    {
        var database = explained.Sum(e => e.Milliseconds);
        return
        [
            name, explained.Count.ToString(CultureInfo.InvariantCulture), Report.Figure(database), Report.Met(database <= DatabaseTarget),
            page is null ? "-" : Report.Figure(page.Value), page is null ? "-" : Report.Met(page <= PageTarget),
        ];
    }

    private static void Print(Report report, string name, Explained plan)
    {
        report.Line($"### {name}: {Report.Figure(plan.Milliseconds)} ms\n");
        report.Line("```");
        foreach (var line in plan.Sql.Split('\n').Concat(plan.Plan))
            report.Line(line.TrimEnd());
        report.Line("```\n");
    }

    private static double? PageMilliseconds(BenchmarkHost host, Look look, string session, BenchmarkOptions options)
    {
        if (look.Path is null || LoadGenerator.Once(host.Port, look.Path, session).Status != 200)
            return null;
        return LoadGenerator.OneByOne(host.Port, look.Path, session, options.Repeats).Median();
    }

    private static async Task<IReadOnlyList<Explained>> Explain(BenchmarkHost host, Look look, BenchmarkOptions options, CancellationToken ct)
    {
        var sent = await host.Captured.During(look.Send);
        var explained = new List<Explained>();
        foreach (var statement in sent.Where(s => s.Text.StartsWith("SELECT", StringComparison.Ordinal) && s.Text.Contains("cases.", StringComparison.Ordinal)))
            explained.Add(await Sql.ExplainAsync(host.Database, statement, options.Repeats, ct));
        return explained;
    }

    private static async Task<IReadOnlyList<Look>> Looks(BenchmarkHost host, TestUser officer, BenchmarkOptions options)
    {
        var deep = await Deep(host, "state IN ('Submitted', 'Accepted', 'InReview')", options.CaseRows / 10 * 9 / 10);
        var done = await Deep(host, "state = 'Closed'", options.CaseRows / 2);
        var number = CaseNumber.Compose(TestSettings.Now.Day(), 1);
        await host.Database.ScalarAsync<object>($"UPDATE cases.cases SET number = '{number}' WHERE id = (SELECT min(id::text)::uuid FROM cases.cases)");
        return
        [
            List("open, first page", new GetWorkList(), "/staff/work"),
            List("open, a deep page", new GetWorkList { Cursor = Cursors.Write(deep.Day, deep.Id) }, $"/staff/work?after={Cursors.Write(deep.Day, deep.Id)}"),
            List("overdue", new GetWorkList { Filter = WorkFilter.Overdue }, "/staff/work?filter=Overdue"),
            List("due today", new GetWorkList { Filter = WorkFilter.DueToday }, "/staff/work?filter=DueToday"),
            List("mine", new GetWorkList { Filter = WorkFilter.Mine }, "/staff/work?filter=Mine"),
            List("waiting for the applicant", new GetWorkList { Filter = WorkFilter.Waiting }, "/staff/work?filter=Waiting"),
            List("finished, first page", new GetWorkList { Filter = WorkFilter.Done }, "/staff/work?filter=Done"),
            List("finished, a deep page", new GetWorkList { Filter = WorkFilter.Done, Cursor = done.Id.ToString() }, $"/staff/work?filter=Done&after={done.Id}"),
            List("exact number", new GetWorkList { Search = number }, null),
            List("two characters, rare", new GetWorkList { Search = CaseRows.RareName }, null),
            List("two characters, common", new GetWorkList { Search = CaseRows.CommonName }, null),
            List("whole ID number", new GetWorkList { Search = "410102198503120110" }, null),
            new("claim the next", () => host.Send(new ClaimNextCase(), officer), null),
        ];

        Look List(string name, GetWorkList request, string? path) => new(name, () => host.Send(request, officer), path);
    }

    /// <summary>The row far down a list, found the slow way.</summary>
    private static async Task<(DateOnly? Day, Guid Id)> Deep(BenchmarkHost host, string where, int offset)
    {
        var order = where.Contains("Closed", StringComparison.Ordinal) ? "id DESC" : "due_on, id";
        var found = await host.Database.ScalarAsync<string>($"SELECT coalesce(due_on::text, '') || '|' || id FROM cases.cases WHERE {where} ORDER BY {order} OFFSET {offset} LIMIT 1");
        var parts = (found ?? throw new InvalidOperationException("The list is too short.")).Split('|');
        return (parts[0].Length == 0 ? null : DateOnly.Parse(parts[0], CultureInfo.InvariantCulture), Guid.Parse(parts[1]));
    }
}
