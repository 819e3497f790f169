using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>Which items an editor looks for.</summary>
public enum ItemFilter
{
    /// <summary>全部.</summary>
    [Chinese("全部")]
    All,

    /// <summary>在用.</summary>
    [Chinese("在用")]
    InForce,

    /// <summary>修改中.</summary>
    [Chinese("修改中")]
    Editing,

    /// <summary>待审核.</summary>
    [Chinese("待审核发布")]
    Waiting,

    /// <summary>定时生效.</summary>
    [Chinese("定时生效")]
    Scheduled,

    /// <summary>已取消.</summary>
    [Chinese("已取消")]
    Cancelled,
}

/// <summary>All items for editors, by title.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetCatalogueItems : IQuery<CatalogueItems>
{
    /// <summary>Items on one page.</summary>
    public const int PageSize = 50;

    /// <summary>Part of the title or the code.</summary>
    public string? Text { get; init; }

    /// <summary>Code of a department.</summary>
    public string? Department { get; init; }

    /// <summary>Where they stand.</summary>
    public ItemFilter Filter { get; init; }

    /// <summary>Counts from 1.</summary>
    public int Page { get; init; } = 1;
}

/// <summary>A page of items.</summary>
public sealed record CatalogueItems(IReadOnlyList<CatalogueItemLine> Items, int Total, int Page)
{
    /// <summary>The number of pages, at least 1.</summary>
    public int Pages => Math.Max(1, (Total + GetCatalogueItems.PageSize - 1) / GetCatalogueItems.PageSize);
}

/// <summary>An item as listed.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its name.</param>
/// <param name="Department">Code of its department; empty for an item never published.</param>
/// <param name="Version">The version in force; null before its first day.</param>
/// <param name="Since">Its day.</param>
/// <param name="Cancelled">取消.</param>
/// <param name="ScheduledOn">The day of a version that waits.</param>
/// <param name="Draft">Where its open draft stands; null without one.</param>
/// <param name="DraftId">The draft.</param>
public sealed record CatalogueItemLine(
    string Code, string Title, string Department, int? Version, DateOnly? Since, bool Cancelled, DateOnly? ScheduledOn, DraftStatus? Draft, Guid? DraftId);

internal sealed class GetCatalogueItemsHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<GetCatalogueItems, CatalogueItems>
{
    public async Task<CatalogueItems> Handle(GetCatalogueItems request, CancellationToken ct)
    {
        var lines = (await Lines(ct)).Where(l => Fits(l, request)).OrderBy(l => l.Title, StringComparer.Ordinal).ThenBy(l => l.Code, StringComparer.Ordinal).ToList();
        var page = Math.Clamp(request.Page, 1, Math.Max(1, (lines.Count + GetCatalogueItems.PageSize - 1) / GetCatalogueItems.PageSize));
        return new CatalogueItems([.. lines.Skip((page - 1) * GetCatalogueItems.PageSize).Take(GetCatalogueItems.PageSize)], lines.Count, page);
    }

    /// <summary>A catalogue has hundreds of items, not millions: light rows of all of them, put together here.</summary>
    private async Task<IEnumerable<CatalogueItemLine>> Lines(CancellationToken ct)
    {
        var today = clock.Today();
        var current = (await db.ServicesInForce(today).Select(v => new { v.Code, v.Title, v.Department, v.Version, v.EffectiveFrom, v.Cancelled }).ToListAsync(ct)).ToDictionary(v => v.Code);
        var waiting = (await db.ServiceVersions.Where(v => v.WithdrawnAt == null && v.EffectiveFrom > today)
            .Select(v => new { v.Code, v.Title, v.Department, v.EffectiveFrom }).ToListAsync(ct)).GroupBy(v => v.Code).ToDictionary(g => g.Key, g => g.MinBy(v => v.EffectiveFrom)!);
        var drafts = (await db.ItemDrafts.Where(d => d.Status == DraftStatus.Draft || d.Status == DraftStatus.Submitted || d.Status == DraftStatus.Reviewed)
            .Select(d => new { d.Code, d.Title, d.Status, d.Id }).ToListAsync(ct)).ToDictionary(d => d.Code);
        return current.Keys.Union(waiting.Keys).Union(drafts.Keys).Select(code =>
        {
            var (now, next, draft) = (current.GetValueOrDefault(code), waiting.GetValueOrDefault(code), drafts.GetValueOrDefault(code));
            return new CatalogueItemLine(code, now?.Title ?? next?.Title ?? draft!.Title, now?.Department ?? next?.Department ?? "",
                now?.Version, now?.EffectiveFrom, now?.Cancelled ?? false, next?.EffectiveFrom, draft?.Status, draft?.Id);
        });
    }

    private static bool Fits(CatalogueItemLine line, GetCatalogueItems request) =>
        (string.IsNullOrWhiteSpace(request.Text) || line.Title.Contains(request.Text.Trim(), StringComparison.OrdinalIgnoreCase) || line.Code.Contains(request.Text.Trim(), StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrEmpty(request.Department) || line.Department == request.Department)
        && request.Filter switch
        {
            ItemFilter.InForce => line is { Version: not null, Cancelled: false },
            ItemFilter.Editing => line.Draft is not null,
            ItemFilter.Waiting => line.Draft is DraftStatus.Submitted or DraftStatus.Reviewed,
            ItemFilter.Scheduled => line.ScheduledOn is not null,
            ItemFilter.Cancelled => line.Cancelled,
            _ => true,
        };
}
