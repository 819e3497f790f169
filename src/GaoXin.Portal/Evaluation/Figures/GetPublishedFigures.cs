using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace GaoXin.Portal.Evaluation.Figures;

/// <summary>
/// The published figures of a month (好差评公开), by unit; of one unit also by item and window. Small counts are hidden, so that nobody can be
/// made out. What nobody rated stays unrated: it is in no level.
/// </summary>
[ForAnyone]
public sealed record GetPublishedFigures(DateOnly Month, string? Unit = null) : IQuery<PublishedFigures>;

/// <summary>The same tables as a file (XLSX), as shown.</summary>
[ForAnyone]
public sealed record ExportPublishedFigures(DateOnly Month, string? Unit = null) : IQuery<byte[]>;

/// <summary>What people wrote, in the words that a person has made public, newest first.</summary>
[ForAnyone]
public sealed record GetPublicComments(string? Cursor = null) : IQuery<Page<PublicRating>>;

/// <summary>A rating in public words. No number, no day, no person.</summary>
public sealed record PublicRating(string Title, string Unit, RatingLevel Level, string Text, string? Answer, DateOnly PublishedOn);

/// <summary>A month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Unit">The chosen unit's title; null for the whole zone.</param>
/// <param name="SmallCount">Counts below are hidden.</param>
/// <param name="Rows">The whole, then the units; for a unit the unit itself.</param>
/// <param name="Items">Of the chosen unit.</param>
/// <param name="Windows">Of the chosen unit, what was done online in one row.</param>
public sealed record PublishedFigures(DateOnly Month, string? Unit, int SmallCount, IReadOnlyList<PublishedRow> Rows, IReadOnlyList<PublishedRow> Items, IReadOnlyList<PublishedRow> Windows);

/// <summary>A count; without a value it is small and hidden.</summary>
public readonly record struct PublishedCount(int? Value)
{
    /// <summary>As it is shown.</summary>
    public string Shown(int small) => Value is { } count ? count.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"少于 {small} 或不显示");
}

/// <summary>A row of a table.</summary>
public sealed record PublishedRow
{
    /// <summary>The code of the unit; null for the whole and in other tables.</summary>
    public string? Code { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>邀请评价.</summary>
    public required PublishedCount Invited { get; init; }

    /// <summary>已评价.</summary>
    public required PublishedCount Rated { get; init; }

    /// <summary>The five levels.</summary>
    public required IReadOnlyList<PublishedCount> Levels { get; init; }

    /// <summary>裁定不计入, by reason.</summary>
    public required IReadOnlyList<PublishedCount> Exclusions { get; init; }

    /// <summary>评价率 in percent; null when it would tell a hidden count, or without anything to count.</summary>
    public decimal? RatingRate { get; init; }

    /// <summary>满意率: the first three levels of all.</summary>
    public decimal? Satisfaction { get; init; }

    /// <summary>按期整改率.</summary>
    public decimal? FixRate { get; init; }

    /// <summary>回访率.</summary>
    public decimal? CallRate { get; init; }

    /// <summary>满意率 against the month before, in points.</summary>
    public decimal? SatisfactionChange { get; init; }

    /// <summary>评价率 against the month before, in points.</summary>
    public decimal? RatingRateChange { get; init; }
}

internal sealed class GetPublishedFiguresHandler(FigureTables tables) : IRequestHandler<GetPublishedFigures, PublishedFigures>
{
    public Task<PublishedFigures> Handle(GetPublishedFigures request, CancellationToken ct) => tables.Read(request.Month, request.Unit, ct);
}

internal sealed class ExportPublishedFiguresHandler(FigureTables tables) : IRequestHandler<ExportPublishedFigures, byte[]>
{
    public async Task<byte[]> Handle(ExportPublishedFigures request, CancellationToken ct)
    {
        var figures = await tables.Read(request.Month, request.Unit, ct);
        var sheets = new Dictionary<string, object> { ["单位"] = Sheet(figures.Rows, figures.SmallCount) };
        if (figures.Unit is not null)
        {
            sheets["事项"] = Sheet(figures.Items, figures.SmallCount);
            sheets["窗口"] = Sheet(figures.Windows, figures.SmallCount);
        }

        using var file = new MemoryStream();
        await file.SaveAsAsync(sheets, cancellationToken: ct);
        return file.ToArray();
    }

    private static List<Dictionary<string, object?>> Sheet(IReadOnlyList<PublishedRow> rows, int small) =>
    [
        .. rows.Select(r =>
        {
            var cells = new Dictionary<string, object?> { ["名称"] = r.Title, ["邀请评价"] = r.Invited.Shown(small), ["已评价"] = r.Rated.Shown(small), ["评价率"] = Percent(r.RatingRate) };
            foreach (var level in Enum.GetValues<RatingLevel>())
                cells[level.Chinese()] = r.Levels[(int)level - 1].Shown(small);
            cells["满意率"] = Percent(r.Satisfaction);
            cells["满意率比上月"] = r.SatisfactionChange is { } change ? change.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "不显示";
            cells["按期整改率"] = Percent(r.FixRate);
            cells["回访率"] = Percent(r.CallRate);
            foreach (var reason in Enum.GetValues<ExclusionReason>())
                cells[$"不计入：{reason.Chinese()}"] = r.Exclusions[(int)reason].Shown(small);
            return cells;
        }),
    ];

    private static string Percent(decimal? rate) => rate is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) + "%" : "不显示";
}

internal sealed class GetPublicCommentsHandler(PortalDbContext db, IMediator mediator) : IRequestHandler<GetPublicComments, Page<PublicRating>>
{
    private const int PageSize = 20;

    public async Task<Page<PublicRating>> Handle(GetPublicComments request, CancellationToken ct)
    {
        var published = db.PublicComments.AsNoTracking();
        if (EventCursor.Read(request.Cursor) is ({ } at, var id))
            published = published.Where(p => p.PublishedAt <= at && (p.PublishedAt < at || p.EventId < id));
        var rows = await (from p in published
                          join e in db.ServiceEvents on p.EventId equals e.Id
                          join r in db.ServiceRatings on p.EventId equals r.EventId
                          join c in db.Rectifications on p.EventId equals c.EventId into bad
                          from c in bad.DefaultIfEmpty()
                          orderby p.PublishedAt descending, p.EventId descending
                          select new { p.EventId, p.Text, p.PublishedAt, e.ItemTitle, e.Unit, r.Level, State = (RectificationState?)c.State, c.FixText }).Take(PageSize + 1).ToListAsync(ct);
        var units = await mediator.Send(new GetDepartments(), ct);
        return new Page<PublicRating>(
            [.. rows.Take(PageSize).Select(r => new PublicRating(r.ItemTitle, units.TitleOf(r.Unit), r.Level, r.Text, r.State == RectificationState.Closed ? r.FixText : null, r.PublishedAt.Day()))],
            rows.Count > PageSize ? EventCursor.Write(rows[PageSize - 1].PublishedAt, rows[PageSize - 1].EventId) : null);
    }
}

/// <summary>Makes the published tables out of the counts of a month and of the month before.</summary>
internal sealed class FigureTables(PortalDbContext db, EvaluationRulebooks rulebooks, IMediator mediator, TimeProvider clock)
{
    private const string Whole = "全区";

    public async Task<PublishedFigures> Read(DateOnly month, string? unit, CancellationToken ct)
    {
        var (now, small) = (clock.GetUtcNow(), (await rulebooks.Rules(ct)).SmallCount);
        var groups = await FigureRows.Of(db, month).Count(now, ct);
        var before = await FigureRows.Of(db, month.AddMonths(-1)).Count(now, ct);
        var titles = await mediator.Send(new GetDepartments(), ct);
        if (unit is not null && titles.All(t => t.Code != unit))
            throw new NotFoundException("unit");
        var units = Table(groups, before, g => g.Unit, g => Whole, small);
        var rows = units.Select(r => r.Row with { Code = r.Key, Title = titles.TitleOf(r.Key) }).OrderBy(r => r.Title, StringComparer.Ordinal).ToList();
        if (unit is null)
            return new PublishedFigures(month, null, small, [Table(groups, before, _ => Whole, _ => "", small).Select(r => r.Row with { Title = Whole }).FirstOrDefault() ?? Empty(Whole), .. rows], [], []);
        var items = Table(groups, before, g => $"{g.Unit}/{g.Item}", g => g.Unit, small).Where(r => r.Group == unit).Select(r => r.Row).OrderBy(r => r.Title, StringComparer.Ordinal).ToList();
        var windows = Table(groups, before, g => $"{g.Unit}/{g.Window ?? 0:0000}", g => g.Unit, small).Where(r => r.Group == unit).OrderBy(r => r.Key, StringComparer.Ordinal)
            .Select(r => r.Row with { Title = r.Window is { } number ? $"{number} 号窗口" : "网上和其他" }).ToList();
        return new PublishedFigures(month, titles.TitleOf(unit), small, [rows.FirstOrDefault(r => r.Code == unit) ?? Empty(titles.TitleOf(unit))], items, windows);
    }

    private static PublishedRow Empty(string title) => Row(title, new FigureCounts(), new bool[6], new bool[9]);

    private static List<(string Key, string Group, int? Window, PublishedRow Row)> Table(
        IReadOnlyList<FigureGroup> groups, IReadOnlyList<FigureGroup> before, Func<FigureGroup, string> key, Func<FigureGroup, string> group, int small)
    {
        var earlier = Rows(before, key, group, small).ToDictionary(r => r.Key, r => r.Row);
        return [.. Rows(groups, key, group, small).Select(r => earlier.GetValueOrDefault(r.Key) is { } was
            ? r with { Row = r.Row with { SatisfactionChange = r.Row.Satisfaction - was.Satisfaction, RatingRateChange = r.Row.RatingRate - was.RatingRate } } : r)];
    }

    private static List<(string Key, string Group, int? Window, PublishedRow Row)> Rows(
        IReadOnlyList<FigureGroup> groups, Func<FigureGroup, string> key, Func<FigureGroup, string> group, int small)
    {
        var rows = groups.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Group: group(g.First()), First: g.First(), Counts: FigureCounts.Sum(g.Select(x => x.Counts)))).ToList();
        var names = rows.Select(r => r.Group).ToList();
        var levels = PublishedCells.Hidden([.. rows.Select(r => (int[])[r.Counts.Rated, .. r.Counts.Levels])], names, small);
        // The other columns add up downwards only: each is looked at alone.
        var others = rows.Select(_ => new bool[9]).ToList();
        for (var column = 0; column < 9; column++)
        {
            var hidden = PublishedCells.Hidden([.. rows.Select(r => (int[])[Others(r.Counts)[column]])], names, small);
            for (var i = 0; i < rows.Count; i++)
                others[i][column] = hidden[i][0];
        }

        return [.. rows.Select((r, i) => (r.Key, r.Group, r.First.Window, Row(r.First.Title, r.Counts, levels[i], others[i])))];
    }

    private static int[] Others(FigureCounts counts) =>
        [counts.Invited, counts.FixDue, counts.FixedInTime, counts.CallDue, counts.CalledInTime, .. counts.Exclusions];

    /// <summary>A rate is shown when it follows from counts that are shown.</summary>
    private static PublishedRow Row(string title, FigureCounts counts, bool[] levels, bool[] others)
    {
        static PublishedCount Cell(int value, bool hidden) => new(hidden ? null : value);
        static decimal? Rate(int part, int whole, bool shown) => shown && whole > 0 ? Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero) : null;
        var contentIsShown = !levels[0] && ((!levels[1] && !levels[2] && !levels[3]) || (!levels[4] && !levels[5]));
        return new PublishedRow
        {
            Title = title,
            Invited = Cell(counts.Invited, others[0]),
            Rated = Cell(counts.Rated, levels[0]),
            Levels = [.. counts.Levels.Select((v, i) => Cell(v, levels[i + 1]))],
            Exclusions = [.. counts.Exclusions.Select((v, i) => Cell(v, others[5 + i]))],
            RatingRate = Rate(counts.Rated, counts.Invited, !levels[0] && !others[0]),
            Satisfaction = Rate(counts.Content, counts.Rated, contentIsShown),
            FixRate = Rate(counts.FixedInTime, counts.FixDue, !others[1] && !others[2]),
            CallRate = Rate(counts.CalledInTime, counts.CallDue, !others[3] && !others[4]),
        };
    }
}
