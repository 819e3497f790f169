using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>The rates that are published (三率 and 按期办结率).</summary>
public enum ComplaintRate
{
    /// <summary>响应率: contacted in time / contact due.</summary>
    [Chinese("响应率")]
    Responded,

    /// <summary>解决率: solved / effective call-backs.</summary>
    [Chinese("解决率")]
    Solved,

    /// <summary>满意率: satisfied / effective call-backs.</summary>
    [Chinese("满意率")]
    Satisfied,

    /// <summary>按期办结率: replied on time / replied and open overdue.</summary>
    [Chinese("按期办结率")]
    OnTime,
}

/// <summary>How a row counts in a rate.</summary>
public enum RatePart
{
    /// <summary>分子: in the numerator, and in the denominator.</summary>
    [Chinese("达到")]
    Met,

    /// <summary>In the denominator only.</summary>
    [Chinese("没达到")]
    Missed,

    /// <summary>不计入.</summary>
    [Chinese("不计入")]
    Excluded,
}

/// <summary>The rates of a month, by unit and of all (三率公开). Public: counts only.</summary>
[ForAnyone]
public sealed record GetComplaintRates(DateOnly Month) : IQuery<IReadOnlyList<UnitRates>>;

/// <summary>A unit's rates; the first has no unit and is all of them.</summary>
public sealed record UnitRates(string? Unit, string Title, IReadOnlyDictionary<ComplaintRate, RateCounts> Rates);

/// <summary>A rate with what it is made of.</summary>
public sealed record RateCounts(int Numerator, int Denominator, int Excluded)
{
    /// <summary>In percent with one decimal; null without anything to count.</summary>
    public decimal? Percent => Denominator == 0 ? null : Math.Round(100m * Numerator / Denominator, 1, MidpointRounding.AwayFromZero);
}

/// <summary>The outcomes that are public (结果公开), newest first: redacted text and reply, no number, no person.</summary>
[ForAnyone]
public sealed record GetPublicOutcomes(string? Cursor = null) : IQuery<Page<PublicOutcome>>;

/// <summary>A public outcome.</summary>
public sealed record PublicOutcome(ComplaintKind Kind, string Topic, string Unit, string Text, string Reply, DateOnly PublishedOn);

internal sealed class GetComplaintRatesHandler(PortalDbContext db, IMediator mediator, TimeProvider clock) : IRequestHandler<GetComplaintRates, IReadOnlyList<UnitRates>>
{
    public async Task<IReadOnlyList<UnitRates>> Handle(GetComplaintRates request, CancellationToken ct)
    {
        var titles = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        var rows = await RateRows.Of(db, request.Month, clock.GetUtcNow()).GroupBy(r => new { r.Unit, r.Rate, r.Part })
            .Select(g => new { g.Key.Unit, g.Key.Rate, g.Key.Part, Count = g.Count() }).ToListAsync(ct);
        Dictionary<ComplaintRate, RateCounts> Rates(string? unit) => Enum.GetValues<ComplaintRate>().ToDictionary(rate => rate, rate =>
        {
            int Count(RatePart part) => rows.Where(r => (unit is null || r.Unit == unit) && r.Rate == rate.ToString() && r.Part == part.ToString()).Sum(r => r.Count);
            return new RateCounts(Count(RatePart.Met), Count(RatePart.Met) + Count(RatePart.Missed), Count(RatePart.Excluded));
        });
        return [new UnitRates(null, "全区", Rates(null)), .. rows.Select(r => r.Unit).Where(u => u is not null).Distinct().Order()
            .Select(u => new UnitRates(u, titles.GetValueOrDefault(u!, u!), Rates(u)))];
    }
}

/// <summary>One row of a rate: which complaint, of which unit, and how it counts.</summary>
internal sealed class RateRow
{
    public Guid ComplaintId { get; init; }

    public string? Unit { get; init; }

    public int Round { get; init; }

    public string Rate { get; init; } = "";

    public string Part { get; init; } = "";
}

/// <summary>The one definition of the rates: counts and the rows behind them are read from the same statement.</summary>
internal static class RateRows
{
    public static IQueryable<RateRow> Of(PortalDbContext db, DateOnly month, DateTimeOffset now)
    {
        var (from, to) = (month.At(TimeOnly.MinValue), month.AddMonths(1).At(TimeOnly.MinValue));
        return db.Database.SqlQuery<RateRow>($"""
            SELECT c.id AS complaint_id, c.unit, k.round, 'Responded' AS rate,
                   CASE WHEN k.fulfilled AND k.stopped_at <= k.due_at THEN 'Met' WHEN k.fulfilled OR (k.stopped_at IS NULL AND k.due_at < {now}) THEN 'Missed' ELSE 'Excluded' END AS part
            FROM complaints.clocks k JOIN complaints.complaints c ON c.id = k.complaint_id
            WHERE k.kind = 'Contact' AND k.started_at >= {from} AND k.started_at < {to}
            UNION ALL
            SELECT c.id, c.unit, k.round, 'OnTime',
                   CASE WHEN k.fulfilled AND k.stopped_at <= k.due_at THEN 'Met' WHEN k.fulfilled OR k.stopped_at IS NULL THEN 'Missed' ELSE 'Excluded' END
            FROM complaints.clocks k JOIN complaints.complaints c ON c.id = k.complaint_id
            WHERE k.kind = 'Handling' AND ((k.stopped_at >= {from} AND k.stopped_at < {to}) OR (k.stopped_at IS NULL AND k.due_at < {now} AND k.due_at >= {from} AND k.due_at < {to}))
            UNION ALL
            SELECT c.id, c.unit, x.round, r.rate,
                   CASE WHEN x.answered IS NULL THEN 'Excluded' WHEN (r.rate = 'Solved' AND x.solved) OR (r.rate = 'Satisfied' AND x.satisfied) THEN 'Met' ELSE 'Missed' END
            FROM (SELECT DISTINCT ON (complaint_id, round) complaint_id, round, CASE WHEN reached THEN 1 END AS answered, solved, satisfied
                  FROM complaints.calls WHERE at >= {from} AND at < {to} ORDER BY complaint_id, round, reached DESC, at DESC) x
            JOIN complaints.complaints c ON c.id = x.complaint_id CROSS JOIN (VALUES ('Solved'), ('Satisfied')) AS r (rate)
            """);
    }
}

internal sealed class GetPublicOutcomesHandler(PortalDbContext db, Rulebooks rulebooks, IMediator mediator) : IRequestHandler<GetPublicOutcomes, Page<PublicOutcome>>
{
    private const int PageSize = 20;

    public async Task<Page<PublicOutcome>> Handle(GetPublicOutcomes request, CancellationToken ct)
    {
        var published = db.Complaints.AsNoTracking().Where(c => c.PublishedAt != null);
        if (Staff.DeskCursor.Read(request.Cursor) is ({ } at, var id))
            published = published.Where(c => c.PublishedAt <= at && (c.PublishedAt < at || c.Id < id));
        var rows = await published.OrderByDescending(c => c.PublishedAt).ThenByDescending(c => c.Id).Take(PageSize + 1)
            .Select(c => new { c.Id, c.Kind, c.Topic, c.Unit, c.PublicText, c.PublicReply, c.PublishedAt }).ToListAsync(ct);
        var topics = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        var units = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        return new Page<PublicOutcome>(
            [.. rows.Take(PageSize).Select(r => new PublicOutcome(r.Kind, topics.GetValueOrDefault(r.Topic ?? "", ""), units.GetValueOrDefault(r.Unit ?? "", ""), r.PublicText!, r.PublicReply!, r.PublishedAt!.Value.Day()))],
            rows.Count > PageSize ? Staff.DeskCursor.Write(rows[PageSize - 1].PublishedAt, rows[PageSize - 1].Id) : null);
    }
}
