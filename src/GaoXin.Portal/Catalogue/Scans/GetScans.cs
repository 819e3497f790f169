using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Scans;

/// <summary>二维码使用情况: all items in force with their scans, most scanned of the last 30 days first, 50 a page.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetScans(int Page = 1) : IQuery<ScanPage>;

/// <summary>The scans of one item.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetScansOf(string Code) : IQuery<ScanCount>;

/// <summary>A page of items with their scans.</summary>
/// <param name="Items">Most scanned first.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="Pages">At least 1.</param>
public sealed record ScanPage(IReadOnlyList<ScannedItem> Items, int Page, int Pages);

/// <summary>An item and its scans.</summary>
public sealed record ScannedItem(string Code, string Title, ScanCount Scans);

/// <summary>Scans of today, of the last 30 days with today, and of all days.</summary>
public sealed record ScanCount(long Today, long Month, long Ever);

internal sealed class GetScansHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<GetScans, ScanPage>, IRequestHandler<GetScansOf, ScanCount>
{
    private const int PageSize = 50;
    private const int LastPage = 1000;
    private const int Month = 30;

    public async Task<ScanPage> Handle(GetScans request, CancellationToken ct)
    {
        var (today, page) = (clock.Today(), Math.Clamp(request.Page, 1, LastPage));
        var (first, skip) = (today.AddDays(1 - Month), (page - 1) * PageSize);
        var rows = await db.Database.SqlQuery<Row>($"""
            SELECT v.code, v.title, coalesce(s.today, 0) AS today, coalesce(s.month, 0) AS month, coalesce(s.ever, 0) AS ever, count(*) OVER () AS total
            FROM catalogue.services_in_force({today}) v
            LEFT JOIN (SELECT code, sum(count) FILTER (WHERE day = {today}) AS today, sum(count) FILTER (WHERE day >= {first}) AS month, sum(count) AS ever
                       FROM catalogue.service_scans GROUP BY code) s ON s.code = v.code
            WHERE NOT v.cancelled
            ORDER BY month DESC, ever DESC, v.title, v.code
            LIMIT {PageSize} OFFSET {skip}
            """).ToListAsync(ct);
        var total = rows.Count == 0 ? 0 : rows[0].Total;
        return new ScanPage([.. rows.Select(r => new ScannedItem(r.Code, r.Title, new ScanCount((long)r.Today, (long)r.Month, (long)r.Ever)))],
            page, Math.Max(1, (int)((total + PageSize - 1) / PageSize)));
    }

    public async Task<ScanCount> Handle(GetScansOf request, CancellationToken ct)
    {
        var today = clock.Today();
        var first = today.AddDays(1 - Month);
        var counts = db.ServiceScans.Where(s => s.Code == request.Code);
        return await counts.GroupBy(_ => 1)
            .Select(g => new ScanCount(g.Sum(s => s.Day == today ? s.Count : 0), g.Sum(s => s.Day >= first ? s.Count : 0), g.Sum(s => s.Count)))
            .SingleOrDefaultAsync(ct) ?? new ScanCount(0, 0, 0);
    }

    private sealed record Row(string Code, string Title, decimal Today, decimal Month, decimal Ever, long Total);
}
