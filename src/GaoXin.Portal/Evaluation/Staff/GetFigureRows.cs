using System.Globalization;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Evaluation.Figures;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>The exact figures of a month by unit; a unit sees its own.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintSupervisor, Roles.Auditor)]
public sealed record GetExactFigures(DateOnly Month) : IQuery<IReadOnlyList<UnitFigures>>;

/// <summary>A unit's exact figures.</summary>
public sealed record UnitFigures(string Unit, string Title, FigureCounts Counts);

/// <summary>The services behind a figure (点开看明细).</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintSupervisor, Roles.Auditor)]
public sealed record GetFigureRows(DateOnly Month, EvaluationFigure Figure, string? Unit, string? Cursor = null) : IQuery<Page<FigureLine>>;

/// <summary>The same rows as a table file (XLSX), as shown: no personal data.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintSupervisor, Roles.Auditor)]
public sealed record ExportFigureRows(DateOnly Month, EvaluationFigure Figure, string? Unit) : IQuery<byte[]>;

/// <summary>
/// A service behind a figure. The number stands only where the person rated with 实名: were it on what nobody rated too, the numbers that
/// are missing would give away who rated 匿名.
/// </summary>
public sealed record FigureLine(Guid? RectificationId, ServiceEventKind Kind, string Title, string Unit, int? Window, string? Number, RatingLevel? Level, RaterIdentity? Identity, RectificationState? State, ExclusionReason? Exclusion);

internal sealed class GetExactFiguresHandler(PortalDbContext db, FigureTable table, IMediator mediator, TimeProvider clock) : IRequestHandler<GetExactFigures, IReadOnlyList<UnitFigures>>
{
    public async Task<IReadOnlyList<UnitFigures>> Handle(GetExactFigures request, CancellationToken ct)
    {
        var groups = await table.Own(FigureRows.Of(db, request.Month), null).Count(clock.GetUtcNow(), ct);
        var units = await mediator.Send(new GetDepartments(), ct);
        return [.. groups.GroupBy(g => g.Unit).Select(g => new UnitFigures(g.Key, units.TitleOf(g.Key), FigureCounts.Sum(g.Select(x => x.Counts)))).OrderBy(u => u.Title, StringComparer.Ordinal)];
    }
}

internal sealed class GetFigureRowsHandler(FigureTable table) : IRequestHandler<GetFigureRows, Page<FigureLine>>
{
    private const int PageSize = 50;

    public async Task<Page<FigureLine>> Handle(GetFigureRows request, CancellationToken ct)
    {
        var from = int.TryParse(request.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) && skip < 1_000_000 ? skip : 0;
        var rows = await table.Read(request.Month, request.Figure, request.Unit, from, PageSize + 1, ct);
        return new Page<FigureLine>([.. rows.Take(PageSize)], rows.Count > PageSize ? (from + PageSize).ToString(CultureInfo.InvariantCulture) : null);
    }
}

internal sealed class ExportFigureRowsHandler(FigureTable table) : IRequestHandler<ExportFigureRows, byte[]>
{
    private const int Most = 20_000;

    public async Task<byte[]> Handle(ExportFigureRows request, CancellationToken ct)
    {
        var rows = await table.Read(request.Month, request.Figure, request.Unit, 0, Most, ct);
        using var file = new MemoryStream();
        await file.SaveAsAsync(rows.Select(r => new Dictionary<string, object?>
        {
            ["类别"] = r.Kind.Chinese(),
            ["事项"] = r.Title,
            ["单位"] = r.Unit,
            ["窗口"] = r.Window,
            ["编号"] = r.Number,
            ["评价"] = r.Level?.Chinese(),
            ["实名匿名"] = r.Identity?.Chinese(),
            ["整改"] = r.State?.Chinese(),
            ["不计入原因"] = r.Exclusion?.Chinese(),
        }), cancellationToken: ct);
        return file.ToArray();
    }
}

/// <summary>The rows of a figure, from the definition that also gives the counts. Who rated 匿名 comes last, without number and day, in no order of time.</summary>
internal sealed class FigureTable(PortalDbContext db, ICurrentUser user, IMediator mediator, TimeProvider clock)
{
    public IQueryable<FigureRow> Own(IQueryable<FigureRow> rows, string? unit)
    {
        var own = user.IsInRole(Roles.ComplaintSupervisor) || user.IsInRole(Roles.Auditor) ? unit : user.DepartmentCode ?? "";
        return own is null ? rows : rows.Where(r => r.Event.Unit == own);
    }

    public async Task<IReadOnlyList<FigureLine>> Read(DateOnly month, EvaluationFigure figure, string? unit, int skip, int most, CancellationToken ct)
    {
        var rows = await Own(FigureRows.Of(db, month), unit).In(figure, clock.GetUtcNow())
            .OrderBy(r => r.Identity == RaterIdentity.Named ? 0 : 1).ThenBy(r => r.Event.Unit).ThenBy(r => r.Event.Item).ThenBy(r => r.Level).ThenBy(r => r.Event.RootRef.ToString().Substring(24)).ThenBy(r => r.Event.Id)
            .Skip(skip).Take(most)
            .Select(r => new { r.RectificationId, r.Event.Kind, r.Event.ItemTitle, r.Event.Unit, r.Event.Window, r.Event.Number, r.Level, r.Identity, r.State, r.Exclusion }).ToListAsync(ct);
        var units = await mediator.Send(new GetDepartments(), ct);
        return [.. rows.Select(r => new FigureLine(r.RectificationId, r.Kind, r.ItemTitle, units.TitleOf(r.Unit), r.Window, r.Identity == RaterIdentity.Named ? r.Number : null, r.Level, r.Identity, r.State, r.Exclusion))];
    }
}
