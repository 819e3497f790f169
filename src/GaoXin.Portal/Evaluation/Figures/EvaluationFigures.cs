using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Figures;

/// <summary>The published figures. Each is a set of rows that can be opened.</summary>
public enum EvaluationFigure
{
    /// <summary>邀请评价: services that ended in the month.</summary>
    [Chinese("邀请评价")]
    Invited,

    /// <summary>已评价.</summary>
    [Chinese("已评价")]
    Rated,

    /// <summary>非常满意.</summary>
    [Chinese("非常满意")]
    VerySatisfied,

    /// <summary>满意.</summary>
    [Chinese("满意")]
    Satisfied,

    /// <summary>基本满意.</summary>
    [Chinese("基本满意")]
    Fair,

    /// <summary>不满意.</summary>
    [Chinese("不满意")]
    Dissatisfied,

    /// <summary>非常不满意.</summary>
    [Chinese("非常不满意")]
    VeryDissatisfied,

    /// <summary>裁定不计入.</summary>
    [Chinese("裁定不计入")]
    Excluded,

    /// <summary>该整改的: 差评 that count and whose rectification is done or was due.</summary>
    [Chinese("该整改的")]
    FixDue,

    /// <summary>按期整改.</summary>
    [Chinese("按期整改")]
    FixedInTime,

    /// <summary>该回访的: 差评 with somebody to call whose call is done or was due.</summary>
    [Chinese("该回访的")]
    CallDue,

    /// <summary>按时回访到.</summary>
    [Chinese("按时回访到")]
    CalledInTime,
}

/// <summary>One service of a month as it counts.</summary>
internal sealed class FigureRow
{
    public required ServiceEvent Event { get; init; }

    public RatingLevel? Level { get; init; }

    public RaterIdentity? Identity { get; init; }

    public Guid? RectificationId { get; init; }

    public RectificationState? State { get; init; }

    public bool? Counted { get; init; }

    public ExclusionReason? Exclusion { get; init; }

    public bool? Callable { get; init; }

    public bool? Reached { get; init; }

    public bool? CalledInTime { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? FixDueAt { get; init; }

    public DateTimeOffset? FixedAt { get; init; }
}

/// <summary>The one definition of the figures: counts and the rows behind them come from the same expressions.</summary>
internal static class FigureRows
{
    /// <summary>The services that ended in a month, with what people said about them until now.</summary>
    public static IQueryable<FigureRow> Of(PortalDbContext db, DateOnly month)
    {
        var (start, end) = (month.At(TimeOnly.MinValue), month.AddMonths(1).At(TimeOnly.MinValue));
        return from e in db.ServiceEvents.AsNoTracking().Where(e => e.EndedAt >= start && e.EndedAt < end)
               join r in db.ServiceRatings on e.Id equals r.EventId into ratings
               from r in ratings.DefaultIfEmpty()
               join c in db.Rectifications on e.Id equals c.EventId into bad
               from c in bad.DefaultIfEmpty()
               select new FigureRow
               {
                   Event = e,
                   Level = (RatingLevel?)r.Level,
                   Identity = (RaterIdentity?)r.Identity,
                   RectificationId = (Guid?)c.Id,
                   State = (RectificationState?)c.State,
                   Counted = (bool?)c.Counted,
                   Exclusion = c.Exclusion,
                   Callable = (bool?)c.Callable,
                   Reached = c.Reached,
                   CalledInTime = c.CalledInTime,
                   DueAt = c.DueAt,
                   FixDueAt = c.FixDueAt,
                   FixedAt = c.FixedAt,
               };
    }

    /// <summary>The rows of a figure.</summary>
    public static IQueryable<FigureRow> In(this IQueryable<FigureRow> rows, EvaluationFigure figure, DateTimeOffset now)
    {
        // A rating that was ruled out is in no level and not among the rated ones; it has a figure of its own.
        IQueryable<FigureRow> At(RatingLevel level) => rows.Where(r => r.Level == level && r.Counted != false);
        return figure switch
        {
            EvaluationFigure.Rated => rows.Where(r => r.Level != null && r.Counted != false),
            EvaluationFigure.VerySatisfied => At(RatingLevel.VerySatisfied),
            EvaluationFigure.Satisfied => At(RatingLevel.Satisfied),
            EvaluationFigure.Fair => At(RatingLevel.Fair),
            EvaluationFigure.Dissatisfied => At(RatingLevel.Dissatisfied),
            EvaluationFigure.VeryDissatisfied => At(RatingLevel.VeryDissatisfied),
            EvaluationFigure.Excluded => rows.Where(r => r.Counted == false),
            EvaluationFigure.FixDue => rows.Where(r => r.Counted == true && (r.State == RectificationState.Closed || r.FixDueAt < now || (r.State == RectificationState.Open && r.DueAt < now))),
            EvaluationFigure.FixedInTime => rows.Where(r => r.Counted == true && r.State == RectificationState.Closed && r.FixedAt <= r.FixDueAt),
            EvaluationFigure.CallDue => rows.Where(r => r.Counted == true && r.Callable == true && (r.Reached != null || (r.State == RectificationState.Claimed && r.DueAt < now))),
            EvaluationFigure.CalledInTime => rows.Where(r => r.Counted == true && r.Callable == true && r.Reached == true && r.CalledInTime == true),
            _ => rows,
        };
    }

    /// <summary>Counts of every figure by unit, item and window, in one statement.</summary>
    public static async Task<IReadOnlyList<FigureGroup>> Count(this IQueryable<FigureRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var counted = await rows.GroupBy(r => new { r.Event.Unit, r.Event.Item, r.Event.Window }).Select(g => new
        {
            g.Key.Unit,
            g.Key.Item,
            g.Key.Window,
            Title = g.Max(r => r.Event.ItemTitle),
            Invited = g.Count(),
            Rated = g.Count(r => r.Level != null && r.Counted != false),
            Level1 = g.Count(r => r.Level == RatingLevel.VerySatisfied),
            Level2 = g.Count(r => r.Level == RatingLevel.Satisfied),
            Level3 = g.Count(r => r.Level == RatingLevel.Fair),
            Level4 = g.Count(r => r.Level == RatingLevel.Dissatisfied && r.Counted != false),
            Level5 = g.Count(r => r.Level == RatingLevel.VeryDissatisfied && r.Counted != false),
            Malicious = g.Count(r => r.Exclusion == ExclusionReason.Malicious),
            WrongSubject = g.Count(r => r.Exclusion == ExclusionReason.WrongSubject),
            NotAboutService = g.Count(r => r.Exclusion == ExclusionReason.NotAboutService),
            NotOwnWill = g.Count(r => r.Exclusion == ExclusionReason.NotOwnWill),
            FixDue = g.Count(r => r.Counted == true && (r.State == RectificationState.Closed || r.FixDueAt < now || (r.State == RectificationState.Open && r.DueAt < now))),
            FixedInTime = g.Count(r => r.Counted == true && r.State == RectificationState.Closed && r.FixedAt <= r.FixDueAt),
            CallDue = g.Count(r => r.Counted == true && r.Callable == true && (r.Reached != null || (r.State == RectificationState.Claimed && r.DueAt < now))),
            CalledInTime = g.Count(r => r.Counted == true && r.Callable == true && r.Reached == true && r.CalledInTime == true),
        }).ToListAsync(ct);
        return [.. counted.Select(c => new FigureGroup(c.Unit, c.Item, c.Title ?? c.Item, c.Window, new FigureCounts
        {
            Invited = c.Invited,
            Rated = c.Rated,
            Levels = [c.Level1, c.Level2, c.Level3, c.Level4, c.Level5],
            Exclusions = [c.Malicious, c.WrongSubject, c.NotAboutService, c.NotOwnWill],
            FixDue = c.FixDue,
            FixedInTime = c.FixedInTime,
            CallDue = c.CallDue,
            CalledInTime = c.CalledInTime,
        }))];
    }
}

/// <summary>The counts of one unit, item and window.</summary>
internal sealed record FigureGroup(string Unit, string Item, string Title, int? Window, FigureCounts Counts);

/// <summary>Exact counts: for staff, and to be hidden where small for everybody else.</summary>
public sealed record FigureCounts
{
    /// <summary>邀请.</summary>
    public int Invited { get; init; }

    /// <summary>评价, excluded ones left out.</summary>
    public int Rated { get; init; }

    /// <summary>The five levels.</summary>
    public IReadOnlyList<int> Levels { get; init; } = [0, 0, 0, 0, 0];

    /// <summary>裁定不计入 by reason, in the order of <see cref="ExclusionReason"/>.</summary>
    public IReadOnlyList<int> Exclusions { get; init; } = [0, 0, 0, 0];

    /// <summary>该整改的.</summary>
    public int FixDue { get; init; }

    /// <summary>按期整改.</summary>
    public int FixedInTime { get; init; }

    /// <summary>该回访的.</summary>
    public int CallDue { get; init; }

    /// <summary>按时回访到.</summary>
    public int CalledInTime { get; init; }

    /// <summary>裁定不计入.</summary>
    public int Excluded => Exclusions.Sum();

    /// <summary>满意 in the wide sense: the first three levels.</summary>
    public int Content => Levels.Take(3).Sum();

    /// <summary>The count of a figure.</summary>
    public int Of(EvaluationFigure figure) => figure switch
    {
        EvaluationFigure.Invited => Invited,
        EvaluationFigure.Rated => Rated,
        >= EvaluationFigure.VerySatisfied and <= EvaluationFigure.VeryDissatisfied => Levels[figure - EvaluationFigure.VerySatisfied],
        EvaluationFigure.Excluded => Excluded,
        EvaluationFigure.FixDue => FixDue,
        EvaluationFigure.FixedInTime => FixedInTime,
        EvaluationFigure.CallDue => CallDue,
        _ => CalledInTime,
    };

    /// <summary>All together.</summary>
    internal static FigureCounts Sum(IEnumerable<FigureCounts> parts) => parts.Aggregate(new FigureCounts(), (a, b) => new FigureCounts
    {
        Invited = a.Invited + b.Invited,
        Rated = a.Rated + b.Rated,
        Levels = [.. a.Levels.Zip(b.Levels, (x, y) => x + y)],
        Exclusions = [.. a.Exclusions.Zip(b.Exclusions, (x, y) => x + y)],
        FixDue = a.FixDue + b.FixDue,
        FixedInTime = a.FixedInTime + b.FixedInTime,
        CallDue = a.CallDue + b.CallDue,
        CalledInTime = a.CalledInTime + b.CalledInTime,
    });
}
