using GaoXin.Portal.Catalogue;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>
/// The frozen everyday queries of queries.tsv. Weights and words may be tuned on the half named tune, whose misses are
/// printed; of the other half only the rates are printed, so that nobody tunes on it.
/// </summary>
public sealed class SearchRankingTests(PortalHost host, ITestOutputHelper output) : IClassFixture<PortalHost>
{
    private const double LeastFirst = 0.80;
    private const double LeastInFive = 0.95;

    [Theory]
    [InlineData("tune")]
    [InlineData("held")]
    public async Task Four_of_five_queries_find_their_service_first_and_nineteen_of_twenty_in_five(string half)
    {
        var queries = Queries().Where(q => q.Half == half).ToList();
        var (first, five) = (0, 0);
        foreach (var query in queries)
        {
            var found = await host.Send(new SearchServices(query.Text));
            var shown = found.Items.Concat(found.Suggestions).Take(5).Select(s => s.Title).ToList();
            first += shown.Count > 0 && query.Accepted.Contains(shown[0]) ? 1 : 0;
            five += shown.Any(query.Accepted.Contains) ? 1 : 0;
            if (half == "tune" && (shown.Count == 0 || !query.Accepted.Contains(shown[0])))
                output.WriteLine($"{query.Text}: {string.Join(" | ", shown)}");
        }

        var (hitFirst, hitFive) = ((double)first / queries.Count, (double)five / queries.Count);
        output.WriteLine($"{half}: {queries.Count} queries, hit@1 {hitFirst:0.000}, hit@5 {hitFive:0.000}");
        TestContext.Current.SendDiagnosticMessage($"{half}: {queries.Count} queries, hit@1 {hitFirst:0.000}, hit@5 {hitFive:0.000}");
        queries.Count.ShouldBeGreaterThanOrEqualTo(100);
        hitFirst.ShouldBeGreaterThanOrEqualTo(LeastFirst);
        hitFive.ShouldBeGreaterThanOrEqualTo(LeastInFive);
    }

    private static IEnumerable<(string Text, string[] Accepted, string Half)> Queries() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Catalogue", "queries.tsv"))
            .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).Select(c => (c[0], c[1].Split('|'), c[2]));
}
