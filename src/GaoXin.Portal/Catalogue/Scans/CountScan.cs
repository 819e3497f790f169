using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Scans;

/// <summary>Adds one to today's scans of an item; a code that is no item's is passed over. Keeps nothing about who scanned.</summary>
[ForAnyone]
public sealed record CountScan(string Code) : ICommand;

internal sealed class CountScanHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<CountScan, Unit>
{
    public async Task<Unit> Handle(CountScan request, CancellationToken ct)
    {
        var today = clock.Today();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO catalogue.service_scans AS s (code, day, count)
            SELECT {request.Code}, {today}, 1 WHERE EXISTS (SELECT 1 FROM catalogue.service_versions v WHERE v.code = {request.Code})
            ON CONFLICT (code, day) DO UPDATE SET count = s.count + 1
            """, ct);
        return Unit.Value;
    }
}
