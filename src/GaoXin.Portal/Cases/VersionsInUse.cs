using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>The versions that cases are pinned to, drafts of applicants too.</summary>
internal sealed class VersionsInUse(PortalDbContext db) : IVersionsInUse
{
    public async Task<IReadOnlySet<(string Code, int Version)>> Of(IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var rows = await db.Cases.Where(c => codes.Contains(c.ServiceCode)).Select(c => new { c.ServiceCode, c.ServiceVersion }).Distinct().ToListAsync(ct);
        return rows.Select(r => (r.ServiceCode, r.ServiceVersion)).ToHashSet();
    }
}
