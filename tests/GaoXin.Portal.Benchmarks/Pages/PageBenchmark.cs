using System.Globalization;
using GaoXin.Portal.Benchmarks.Load;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Benchmarks.Pages;

/// <summary>A page, who sees it, and the least share of a static page's requests it should serve; not compared: only its statements count.</summary>
internal sealed record MeasuredPage(string Name, string Path, string? Cookie, double? Target, bool Compared = true);

/// <summary>
/// Pages over real HTTP against a static page of the same size: rounds of both in turn, the median of the rounds' ratios.
/// Then the SQL statements of every page.
/// </summary>
internal sealed class PageBenchmark : IBenchmark
{
    private const int MostStatements = 6;
    private const double Cached = 0.7;
    private const double Form = 0.08;
    private const double StaffList = 0.06;

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        var pages = await PagesOf(host, options, ct);
        report.Heading("Pages");
        report.Line($"{options.Connections} connections in a closed loop in the same process, {options.Rounds} rounds of {options.Round.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s each, HTTP/1.1 without compression.");
        report.Line("1.00 is a static page of the same size behind the same middleware; the bare page answers before all of it.");
        report.Line("Two limits beside it: an endpoint that asks the database one thing and shows no page, and a rendered page that asks nothing.\n");
        var present = new List<(MeasuredPage Page, int Size)>();
        foreach (var page in pages)
        {
            var (status, size) = LoadGenerator.Once(host.Port, page.Path, page.Cookie);
            if (status == 200)
                present.Add((page, size));
            else
                report.Line($"{page.Name}: answered {status}, left out");
        }

        report.Table(["Page", "KB", "requests/s", "median ms", "p95 ms", "ratio", "target", "met"], [.. Rows(host, present, options)]);
        await Statements(host, present.Select(p => p.Page), report);
    }

    private static IEnumerable<string[]> Rows(BenchmarkHost host, List<(MeasuredPage Page, int Size)> pages, BenchmarkOptions options)
    {
        var load = new LoadGenerator(host.Port, options.Connections);
        var home = pages[0].Size;
        load.WarmUp(StaticPages.EndpointOf(home), null, options.WarmUp, options.WarmUps);
        yield return Row("static, bare", home, Compare(load, StaticPages.BareOf(home), null, home, options), null);
        yield return Row("one statement, no page", 1, Compare(load, StaticPages.Statement, null, home, options), null);
        foreach (var (page, size) in pages.Where(p => p.Page.Compared))
            yield return Row(page.Name, size, Compare(load, page.Path, page.Cookie, size, options), page.Target);
    }

    private static (double Ratio, LoadResult Middle) Compare(LoadGenerator load, string path, string? cookie, int size, BenchmarkOptions options)
    {
        load.WarmUp(path, cookie, options.WarmUp, options.WarmUps);
        var (ratios, results) = (new List<double>(), new List<LoadResult>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var limit = load.Run(StaticPages.EndpointOf(size), null, options.Round);
            var result = load.Run(path, cookie, options.Round);
            if (result.Failed > 0)
                throw new InvalidOperationException($"{result.Failed} requests failed.");
            ratios.Add(result.PerSecond / limit.PerSecond);
            results.Add(result);
        }

        return (ratios.Median(), results.OrderBy(r => r.PerSecond).ElementAt(results.Count / 2));
    }

    private static string[] Row(string name, int size, (double Ratio, LoadResult Middle) measured, double? target) =>
    [
        name, Report.Figure(size / 1024.0), Report.Figure(measured.Middle.PerSecond), Report.Figure(measured.Middle.MedianMilliseconds),
        Report.Figure(measured.Middle.P95Milliseconds), Report.Figure(measured.Ratio), target is null ? "" : Report.Figure(target.Value),
        target is null ? "" : Report.Met(measured.Ratio >= target),
    ];

    private static async Task Statements(BenchmarkHost host, IEnumerable<MeasuredPage> pages, Report report)
    {
        var rows = new List<string[]>();
        foreach (var page in pages)
        {
            // A query string of its own goes past the page cache.
            var path = page.Path + (page.Path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "counted=1";
            LoadGenerator.Once(host.Port, page.Path, page.Cookie);
            var sent = await host.Statements.During(() =>
            {
                LoadGenerator.Once(host.Port, path, page.Cookie);
                return Task.CompletedTask;
            });
            rows.Add([page.Name, sent.Count.ToString(CultureInfo.InvariantCulture), sent.GroupBy(s => s).Max(g => (int?)g.Count())?.ToString(CultureInfo.InvariantCulture) ?? "0", Report.Met(sent.Count <= MostStatements)]);
        }

        report.Line($"SQL statements of one request when nothing is cached (at most {MostStatements}), and how often the most frequent one was sent:\n");
        report.Table(["Page", "statements", "same one", "met"], rows);
    }

    private static async Task<IReadOnlyList<MeasuredPage>> PagesOf(BenchmarkHost host, BenchmarkOptions options, CancellationToken ct)
    {
        var applicants = new Applicants(host);
        var citizen = await applicants.NewCitizen();
        var draft = await applicants.FilledDraft(citizen);
        var officer = await host.Officer();
        var (mine, staff) = (await host.SessionOf(citizen.Id), await host.SessionOf(officer));
        var rows = new CaseRows { Department = "market-regulation", Count = Math.Min(options.CaseRows, 50_000), Today = TestSettings.Now.Day(), Officer = officer };
        await CaseRows.Insert(host.Database, rows, ct);
        return
        [
            new("home", "/", null, Cached),
            new("guide of company-setup", "/services/company-setup", null, Cached),
            new("search for 开公司", "/services?q=%E5%BC%80%E5%85%AC%E5%8F%B8", null, Cached),
            new("form: name of the company", $"/cases/{draft}/form/name", mine, Form),
            new("form: shareholders", $"/cases/{draft}/form/shareholders", mine, Form),
            new("task list of a draft", $"/cases/{draft}/tasks", mine, null, Compared: false),
            new("check your answers", $"/cases/{draft}/check", mine, null, Compared: false),
            new("my cases", "/cases", mine, null, Compared: false),
            new("my notices", "/notices", mine, null, Compared: false),
            new("my licences", "/licences", mine, null, Compared: false),
            new("my data", "/me/data", mine, null, Compared: false),
            new("home, signed in (no statement)", "/", mine, null),
            new("staff work list", "/staff/work", staff, StaffList),
            new("staff list of the finished", "/staff/work?filter=Done", staff, null, Compared: false),
        ];
    }
}
