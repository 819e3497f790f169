using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// What people complained about most in a month (热点), with the same days of the month before: a month that still runs is compared up to
/// today. Public: counts only, and no topic with fewer than <see cref="Fewest"/>, behind which one could look for somebody.
/// </summary>
[ForAnyone]
public sealed record GetHotTopics(DateOnly Month) : IQuery<IReadOnlyList<HotTopic>>
{
    /// <summary>Below this a topic is not shown to the public.</summary>
    public const int Fewest = 3;
}

/// <summary>A topic: filed in the month, on the same days of the month before, and of the former how many were filed again by the same person (重复).</summary>
public sealed record HotTopic(string Code, string Title, int Count, int Before, int Repeated)
{
    /// <summary>More, or fewer, than before.</summary>
    public int Change => Count - Before;
}

internal sealed class GetHotTopicsHandler(TopicTable table) : IRequestHandler<GetHotTopics, IReadOnlyList<HotTopic>>
{
    private const int Most = 10;

    public async Task<IReadOnlyList<HotTopic>> Handle(GetHotTopics request, CancellationToken ct) =>
        [.. (await table.Count(request.Month, ct)).Where(t => t.Count >= GetHotTopics.Fewest).Take(Most)];
}

/// <summary>The one definition of the topics of a month: counts and the rows behind them.</summary>
internal sealed class TopicTable(PortalDbContext db, Rulebooks rulebooks, TimeProvider clock)
{
    public async Task<IReadOnlyList<HotTopic>> Count(DateOnly month, CancellationToken ct)
    {
        var before = month.AddMonths(-1);
        var counts = await Counts(Filed(month, Until(month)), 0).Concat(Counts(Filed(before, SameDays(month)), 1)).Concat(Counts(RepeatedComplaints.Of(db, Filed(month, Until(month))), 2)).ToListAsync(ct);
        var titles = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        int Of(string topic, int what) => counts.Where(c => c.Topic == topic && c.What == what).Sum(c => c.Count);
        return [.. counts.Select(c => c.Topic).Distinct().Select(t => new HotTopic(t, titles.GetValueOrDefault(t, t), Of(t, 0), Of(t, 1), Of(t, 2)))
            .OrderByDescending(t => t.Count).ThenByDescending(t => t.Before).ThenBy(t => t.Code, StringComparer.Ordinal)];
    }

    /// <summary>What a topic's number is made of.</summary>
    public IQueryable<Complaint> Rows(DateOnly month, string? topic, TopicPart part)
    {
        var these = part == TopicPart.Before ? Filed(month.AddMonths(-1), SameDays(month)) : Filed(month, Until(month));
        these = part == TopicPart.Repeated ? RepeatedComplaints.Of(db, these) : these;
        return topic is null ? these : these.Where(c => c.Topic == topic);
    }

    private static IQueryable<TopicCount> Counts(IQueryable<Complaint> these, int what) =>
        these.GroupBy(c => c.Topic!).Select(g => new TopicCount { Topic = g.Key, What = what, Count = g.Count() });

    private IQueryable<Complaint> Filed(DateOnly month, DateTimeOffset until)
    {
        var from = month.At(TimeOnly.MinValue);
        return db.Complaints.AsNoTracking().Where(c => c.SubmittedAt >= from && c.SubmittedAt < until && c.Topic != null);
    }

    private DateTimeOffset Until(DateOnly month)
    {
        // What was filed at this very instant counts.
        var (end, now) = (month.AddMonths(1).At(TimeOnly.MinValue), clock.GetUtcNow().AddMilliseconds(1));
        return end < now ? end : now;
    }

    /// <summary>Where the month before is cut off, so that a running month is not compared with a whole one.</summary>
    private DateTimeOffset SameDays(DateOnly month)
    {
        var (start, until) = (month.At(TimeOnly.MinValue), Until(month));
        var same = month.AddMonths(-1).At(TimeOnly.MinValue) + (until - start);
        return until >= month.AddMonths(1).At(TimeOnly.MinValue) || same > start ? start : same;
    }

    private sealed class TopicCount
    {
        public string Topic { get; init; } = "";

        public int What { get; init; }

        public int Count { get; init; }
    }
}
