using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>
/// 审核并发布 all drafts of an import in one step, in force from today, by another person than the one who imported. The
/// answer is their number. Refused: the same person; an item got a newer version or a fault meanwhile.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record ApproveImport(Guid ImportId) : ICommand<int>;

internal sealed class ApproveImportHandler(PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemCheck check, ItemJournal journal, TimeProvider clock)
    : IRequestHandler<ApproveImport, int>
{
    public async Task<int> Handle(ApproveImport request, CancellationToken ct)
    {
        await publisher.Lock(ct);
        var now = clock.GetUtcNow();
        var import = await db.LockImport(request.ImportId, ct);
        import.Publish(user, now);
        var drafts = await db.ItemDrafts.Where(d => d.ImportId == import.Id).OrderBy(d => d.Code).ToListAsync(ct);
        var codes = drafts.Select(d => d.Code).ToList();
        var newest = await db.NewestVersions(codes, ct);
        // Departments, places and other items may have changed since the import was written.
        var faults = await check.Faults([.. drafts.Select(d => d.Read().AsVersion(1, now.Day()))], ct);
        if (faults.Count > 0)
            throw new RefusedException(EditingRefusals.ImportHasFaults(faults.Count));
        foreach (var draft in drafts)
        {
            var (last, kept, day) = newest.GetValueOrDefault(draft.Code);
            if (kept != draft.BaseVersion)
                throw new RefusedException(EditingRefusals.BaseIsOld(kept ?? 0));
            draft.Review(user);
            var authors = new VersionAuthors(VersionOrigin.Import, draft.WrittenBy, draft.WrittenByName, user.Id, user.DisplayName, import.Id);
            draft.Publish(user, await publisher.Add(draft.Read(), last + 1, Later(now.Day(), day), authors, ct));
            journal.Record(draft.Code, ItemEventKind.Published, import.FileName, last + 1);
        }

        db.Raise(new CatalogueChanged(drafts.Count), now);
        return drafts.Count;
    }

    /// <summary>Never before a version that waits for its day.</summary>
    private static DateOnly Later(DateOnly today, DateOnly? scheduled) => scheduled > today ? scheduled.Value : today;
}

internal static class NewestRows
{
    /// <summary>By code: the last number used, the newest version that was not withdrawn, and its day.</summary>
    public static async Task<Dictionary<string, (int Last, int? Kept, DateOnly? Day)>> NewestVersions(this PortalDbContext db, IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var rows = await db.ServiceVersions.Where(v => codes.Contains(v.Code)).Select(v => new { v.Code, v.Version, v.WithdrawnAt, v.EffectiveFrom }).ToListAsync(ct);
        return rows.GroupBy(r => r.Code).ToDictionary(g => g.Key, g =>
        {
            var kept = g.Where(r => r.WithdrawnAt is null).MaxBy(r => r.Version);
            return (g.Max(r => r.Version), kept?.Version, kept?.EffectiveFrom);
        });
    }
}
