using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>The words many people searched for, in memory, so that the first page reads nothing.</summary>
internal sealed class HotWords
{
    /// <summary>Most searched first; empty until enough people searched.</summary>
    public IReadOnlyList<string> Words { get; set; } = [];
}

/// <summary>Writes down what was counted and reads what is hot.</summary>
internal sealed class SearchCounts(PortalDbContext db, SearchTally tally, HotWords hot, ServiceIndexes indexes, TimeProvider clock)
{
    /// <summary>A word is shown from this many searches on: before, it might be one person's.</summary>
    public const int Threshold = 20;
    private const int Shown = 6;
    private const int HotDays = 30;
    private const int MostMissedTextsADay = 2000;

    /// <summary>Adds the counts of this instance to those of the day; the answer is how many texts.</summary>
    public async Task<int> Keep(CancellationToken ct)
    {
        var counts = tally.Take();
        if (counts.Count == 0)
            return 0;
        try
        {
            var today = clock.Today();
            var rows = Kept(await indexes.Current(ct), counts);
            string[] texts = [.. rows.Select(r => r.Text)];
            bool[] found = [.. rows.Select(r => r.Found)];
            int[] times = [.. rows.Select(r => r.Times)];
            // Whoever types at random can fill no more than a day's share of the table.
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO catalogue.search_counts (day, found, text, count)
                SELECT {today}, n.found, n.text, n.count
                FROM unnest({texts}, {found}, {times}) AS n(text, found, count)
                WHERE n.found OR (SELECT count(*) FROM catalogue.search_counts c WHERE c.day = {today} AND NOT c.found) < {MostMissedTextsADay}
                ON CONFLICT (day, found, text) DO UPDATE SET count = search_counts.count + EXCLUDED.count
                """, ct);
            return rows.Count;
        }
        catch
        {
            tally.GiveBack(counts);
            throw;
        }
    }

    /// <summary>
    /// What found something is kept only when every part of it is a word of the catalogue. What found nothing has other words by
    /// nature: kept are a few Chinese words without digits in which no unknown pair begins with a family name.
    /// </summary>
    private static List<(string Text, bool Found, int Times)> Kept(ServiceIndex index, IReadOnlyDictionary<string, int> counts)
    {
        var kept = new Dictionary<(string, bool), int>();
        foreach (var (typed, times) in counts)
        {
            var query = index.Vocabulary.Query(typed);
            if (query.Length is < 2 or > 20 || PersonalNumbers.AreIn(typed))
                continue;
            var found = index.Search(query).Count > 0;
            if (found ? index.KnowsAll(query) : query.All(c => c == ' ' || !SearchVocabulary.IsLatin(c)) && !index.MayNameSomebody(query))
                kept[(query, found)] = kept.GetValueOrDefault((query, found)) + times;
        }

        return [.. kept.Select(k => (k.Key.Item1, k.Key.Item2, k.Value))];
    }

    /// <summary>Reads the words of the last days that were searched for often enough and still find something.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        var since = clock.Today().AddDays(-HotDays);
        var often = await db.SearchCounts.Where(c => c.Found && c.Day > since).GroupBy(c => c.Text)
            .Select(g => new { Text = g.Key, Count = g.Sum(c => c.Count) }).Where(g => g.Count >= Threshold)
            .OrderByDescending(g => g.Count).ThenBy(g => g.Text).Take(Shown * 2).ToListAsync(ct);
        var index = await indexes.Current(ct);
        hot.Words = [.. often.Where(o => index.Search(o.Text).Count > 0).Select(o => o.Text).Take(Shown)];
    }
}

/// <summary>Writes down and reads each half minute, and once more at the end.</summary>
internal sealed partial class SearchCountWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SearchCountWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Run(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Run(CancellationToken.None);
    }

    private async Task Run(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.ActAs(SystemUser.Instance);
            var counts = scope.ServiceProvider.GetRequiredService<SearchCounts>();
            await counts.Keep(ct);
            await counts.Refresh(ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Failed(error);
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(EventId = 45, Level = LogLevel.Warning, Message = "Searches could not be counted; the counts are kept in memory for the next try")]
    private partial void Failed(Exception error);
}

/// <summary>Removes counts nobody looks at any more.</summary>
internal sealed class TidySearchCounts(PortalDbContext db, TimeProvider clock) : IPeriodicTask
{
    /// <summary>Kept so many days.</summary>
    public const int Days = 90;

    public async Task<int> Run(CancellationToken ct)
    {
        var before = clock.Today().AddDays(-Days);
        return await db.SearchCounts.Where(c => c.Day < before).ExecuteDeleteAsync(ct);
    }
}
