using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Enterprise;

/// <summary>What is counted of the problems of a year. What was not accepted, or was withdrawn, counts in none but the last.</summary>
public enum ProblemPart
{
    /// <summary>提出的.</summary>
    [Chinese("提出")]
    Raised,

    /// <summary>解决的, as the enterprise said when it was called.</summary>
    [Chinese("解决")]
    Solved,

    /// <summary>转化的: by any way but “暂不具备条件”.</summary>
    [Chinese("转化")]
    Converted,

    /// <summary>答复的.</summary>
    [Chinese("答复")]
    Replied,

    /// <summary>回访到的.</summary>
    [Chinese("回访")]
    CalledBack,

    /// <summary>过了限期没答复的.</summary>
    [Chinese("超期")]
    Overdue,

    /// <summary>不计入: not accepted or withdrawn.</summary>
    [Chinese("不计入")]
    Excluded,
}

/// <summary>
/// The rates of a year by category (八项服务), all of them first, with visits: 解决率 = solved ÷ raised, 转化率 = converted ÷ raised,
/// 回访率 = called back ÷ replied.
/// </summary>
[ForStaff(Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record GetProblemRates(int Year) : IQuery<ProblemReport>;

/// <summary>The year.</summary>
public sealed record ProblemReport(int Visits, int Firms, IReadOnlyList<ProblemRates> Rates);

/// <summary>A category; without a code all of them.</summary>
public sealed record ProblemRates(string? Category, string Title, IReadOnlyDictionary<ProblemPart, int> Counts)
{
    /// <summary>解决率.</summary>
    public decimal? Solved => Rate(ProblemPart.Solved, ProblemPart.Raised);

    /// <summary>转化率.</summary>
    public decimal? Converted => Rate(ProblemPart.Converted, ProblemPart.Raised);

    /// <summary>回访率.</summary>
    public decimal? CalledBack => Rate(ProblemPart.CalledBack, ProblemPart.Replied);

    private decimal? Rate(ProblemPart of, ProblemPart all) => Counts[all] == 0 ? null : Math.Round(100m * Counts[of] / Counts[all], 1, MidpointRounding.AwayFromZero);
}

/// <summary>The problems behind a number (台账): each with its person and its day.</summary>
[ForStaff(Roles.ServiceOfficer, Roles.ComplaintSupervisor, Roles.ZoneLeader)]
public sealed record GetProblemRows(int Year, ProblemPart Part, string? Category, string? Cursor = null) : IQuery<Page<ProblemLine>>;

internal sealed class GetProblemRatesHandler(PortalDbContext db, ProblemParts parts, IMediator mediator) : IRequestHandler<GetProblemRates, ProblemReport>
{
    public async Task<ProblemReport> Handle(GetProblemRates request, CancellationToken ct)
    {
        var (from, to) = (new DateOnly(request.Year, 1, 1), new DateOnly(request.Year + 1, 1, 1));
        var visits = await db.FirmVisits.Where(v => v.On >= from && v.On < to).GroupBy(_ => 1).Select(g => new { Count = g.Count(), Firms = g.Select(v => v.FirmId).Distinct().Count() }).SingleOrDefaultAsync(ct);
        var counts = await parts.Counts(request.Year, ct);
        var categories = await mediator.Send(new GetComplaintTopics(ComplaintTopic.Enterprise), ct);
        Dictionary<ProblemPart, int> Of(Func<string, bool> these) => Enum.GetValues<ProblemPart>().ToDictionary(p => p, p => counts.Where(c => c.Part == (int)p && these(c.Category)).Sum(c => c.Count));
        return new ProblemReport(visits?.Count ?? 0, visits?.Firms ?? 0,
            [new ProblemRates(null, "全部", Of(_ => true)), .. categories.Select(c => new ProblemRates(c.Code, c.Title, Of(code => code == c.Code)))]);
    }
}

internal sealed class GetProblemRowsHandler(ProblemParts parts, ProblemTable problems) : IRequestHandler<GetProblemRows, Page<ProblemLine>>
{
    private const int PageSize = 50;

    public async Task<Page<ProblemLine>> Handle(GetProblemRows request, CancellationToken ct)
    {
        var these = parts.Of(request.Part, request.Year);
        if (request.Category is { } category)
            these = these.Where(p => p.Category == category);
        if (Read(request.Cursor) is var (at, after))
            these = these.Where(p => p.RaisedAt <= at && (p.RaisedAt < at || p.Id < after));
        var found = await problems.Read(these, PageSize + 1, ct);
        return new Page<ProblemLine>([.. found.Take(PageSize)],
            found.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{found[PageSize - 1].RaisedAt.UtcTicks}.{found[PageSize - 1].Id:N}") : null);
    }

    private static (DateTimeOffset At, Guid Id)? Read(string? cursor)
    {
        var split = cursor?.Split('.') ?? [];
        return split.Length == 2 && long.TryParse(split[0], CultureInfo.InvariantCulture, out var ticks) && ticks > 0 && ticks < DateTime.MaxValue.Ticks && Guid.TryParseExact(split[1], "N", out var id)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), id) : null;
    }
}

/// <summary>The one definition of the numbers: counts and the rows behind them. A 首席服务官 sees the own enterprises only.</summary>
internal sealed class ProblemParts(PortalDbContext db, ServedFirms firms, ICurrentUser user, TimeProvider clock)
{
    public Task<List<ProblemCount>> Counts(int year, CancellationToken ct) =>
        Enum.GetValues<ProblemPart>().Select(p => Count(p, year)).Aggregate((all, next) => all.Concat(next)).ToListAsync(ct);

    public IQueryable<FirmProblem> Of(ProblemPart part, int year)
    {
        var (from, to, today) = (new DateOnly(year, 1, 1).At(TimeOnly.MinValue), new DateOnly(year + 1, 1, 1).At(TimeOnly.MinValue), clock.Today());
        var raised = db.FirmProblems.Where(p => p.RaisedAt >= from && p.RaisedAt < to);
        if (!firms.SeesAll)
        {
            var (all, me) = (db.Firms, user.Id);
            raised = raised.Where(p => all.Any(f => f.Id == p.FirmId && f.OfficerId == me));
        }

        if (part == ProblemPart.Excluded)
            return raised.Where(p => p.Stage == ProblemStage.Dropped);
        raised = raised.Where(p => p.Stage != ProblemStage.Dropped);
        return part switch
        {
            ProblemPart.Solved => raised.Where(p => p.Stage == ProblemStage.Solved),
            ProblemPart.Converted => raised.Where(p => p.Conversion != null && p.Conversion != ConversionWay.NotPossible),
            ProblemPart.Replied => raised.Where(p => p.RepliedAt != null),
            ProblemPart.CalledBack => raised.Where(p => p.RepliedAt != null && p.CalledBackAt != null),
            ProblemPart.Overdue => raised.Where(p => p.RepliedAt == null && p.DueOn < today),
            _ => raised,
        };
    }

    private IQueryable<ProblemCount> Count(ProblemPart part, int year)
    {
        var key = (int)part;
        return Of(part, year).GroupBy(p => p.Category).Select(g => new ProblemCount { Part = key, Category = g.Key, Count = g.Count() });
    }
}

/// <summary>How many of a category.</summary>
internal sealed class ProblemCount
{
    public int Part { get; init; }

    public string Category { get; init; } = "";

    public int Count { get; init; }
}
