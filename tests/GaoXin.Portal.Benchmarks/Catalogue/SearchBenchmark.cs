using System.Diagnostics;
using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Benchmarks.Catalogue;

/// <summary>Searches of everyday words in a catalogue of 600 items, one at a time and as many at once as there are connections.</summary>
internal sealed class SearchBenchmark : IBenchmark
{
    private const int Items = 600;
    private const double Target = 50;

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        await Fill(host, ct);
        host.Services.GetRequiredService<SeedChanges>().Happened();
        var queries = Queries().Take(options.Quick ? 10 : int.MaxValue).ToList();
        var begun = Stopwatch.GetTimestamp();
        var total = (await host.Send(new SearchServices())).Total;
        report.Heading($"Search in {total} items");
        report.Line($"The index was built in {Report.Figure(Stopwatch.GetElapsedTime(begun).TotalMilliseconds)} ms, its one statement included. {queries.Count} everyday queries, {options.Repeats} times each.\n");
        await Measure(host, q => new SearchServices(q), queries, 1, 1);
        var rows = new List<string[]>();
        foreach (var atOnce in (int[])[1, options.Connections])
        {
            rows.Add(Row("search", atOnce, await Measure(host, q => new SearchServices(q), queries, options.Repeats, atOnce)));
            rows.Add(Row("suggestions", atOnce, await Measure(host, q => new SuggestServices(q), queries, options.Repeats, atOnce)));
        }

        report.Table(["What", "at once", "p50 ms", "p95 ms", "max ms", "target p95 ms", "met"], rows);
    }

    private static string[] Row(string name, int atOnce, IReadOnlyList<double> times)
    {
        var p95 = times.Percentile(0.95);
        return [name, $"{atOnce}", Report.Figure(times.Median()), Report.Figure(p95), Report.Figure(times.Max()), Report.Figure(Target), Report.Met(p95 <= Target)];
    }

    private static async Task<IReadOnlyList<double>> Measure<T>(BenchmarkHost host, Func<string, IRequest<T>> ask, IReadOnlyList<string> queries, int repeats, int atOnce)
    {
        var times = new System.Collections.Concurrent.ConcurrentBag<double>();
        var asked = Enumerable.Range(0, repeats).SelectMany(_ => queries);
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (query, _) =>
        {
            var begun = Stopwatch.GetTimestamp();
            await host.Send(ask(query));
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        });
        return [.. times];
    }

    /// <summary>Copies of the items with titles of their own until there are enough.</summary>
    private static Task Fill(BenchmarkHost host, CancellationToken ct) => Sql.ExecuteAsync(host.Database, string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO catalogue.service_versions (code, version, hash, content, effective_from, loaded_at, title, summary, department, theme, audiences, cancelled, origin)
        SELECT v.code || '-copy-' || n, 1, md5(v.code || n) || md5(n || v.code),
               jsonb_set(jsonb_set(v.content, '{"{code}"}', to_jsonb(v.code || '-copy-' || n)), '{"{title}"}', to_jsonb(v.title || '（第' || n || '类）')),
               v.effective_from, v.loaded_at, v.title || '（第' || n || '类）', v.summary, v.department, v.theme, v.audiences, false, v.origin
        FROM catalogue.service_versions v CROSS JOIN generate_series(1, 9) n
        WHERE NOT v.cancelled
        ORDER BY n, v.code
        LIMIT {Items} - (SELECT count(*) FROM catalogue.service_versions WHERE NOT cancelled)
        """), ct);

    private static IEnumerable<string> Queries() =>
        File.ReadLines(Path.Combine(RepositoryFolder.Find() ?? "", "tests", "GaoXin.Portal.Tests", "Catalogue", "queries.tsv"))
            .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')[0]);
}
