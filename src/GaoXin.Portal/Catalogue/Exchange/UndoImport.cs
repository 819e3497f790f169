using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>
/// 撤销导入 in one step. A version that no case uses and nothing follows is withdrawn; one that cases use is followed by a
/// version with the content of before (an added item is cancelled); one that somebody has changed since stays. One person
/// may do it: it only brings back what two people had published.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record UndoImport(Guid ImportId) : ICommand<UndoneImport>;

/// <summary>What an undo would do now. Not found when there is no such import.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record PlanUndo(Guid ImportId) : IQuery<UndoneImport>;

/// <summary>What became of the versions of an undone import.</summary>
public sealed record UndoneImport(int Withdrawn, int Restored, IReadOnlyList<string> Kept);

/// <summary>Tells which versions cases are pinned to. Implemented by the capability that keeps cases.</summary>
public interface IVersionsInUse
{
    /// <summary>The versions of these items that at least one case, draft or not, uses.</summary>
    Task<IReadOnlySet<(string Code, int Version)>> Of(IReadOnlyCollection<string> codes, CancellationToken ct);
}

internal sealed class UndoImportHandler(
    PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemJournal journal, IEnumerable<IVersionsInUse> uses, TimeProvider clock)
    : IRequestHandler<UndoImport, UndoneImport>, IRequestHandler<PlanUndo, UndoneImport>
{
    public async Task<UndoneImport> Handle(PlanUndo request, CancellationToken ct)
    {
        if (!await db.CatalogueImports.AnyAsync(i => i.Id == request.ImportId, ct))
            throw new NotFoundException("import");
        return Told(await Fates(request.ImportId, ct));
    }

    public async Task<UndoneImport> Handle(UndoImport request, CancellationToken ct)
    {
        await publisher.Lock(ct);
        var now = clock.GetUtcNow();
        var import = await db.LockImport(request.ImportId, ct);
        import.Undo(user, now);
        var fates = await Fates(import.Id, ct);
        var versions = await OfImport(import.Id).ToDictionaryAsync(v => v.Code, ct);
        foreach (var (code, version, _, fate, last) in fates)
        {
            journal.Record(code, ItemEventKind.ImportUndone, import.FileName, version);
            if (fate == Fate.Withdrawn)
                versions[code].Withdraw(now);
            else if (fate == Fate.Restored)
                await Restore(import, versions[code], last + 1, now, ct);
        }

        var undone = Told(fates);
        db.Raise(new CatalogueChanged(undone.Withdrawn + undone.Restored), now);
        return undone;
    }

    private IQueryable<ServiceVersion> OfImport(Guid importId) =>
        db.ServiceVersions.Where(v => v.ImportId == importId && v.Origin == VersionOrigin.Import && v.WithdrawnAt == null);

    /// <summary>What becomes of each version of the import; a page that only tells it reads no contents.</summary>
    private async Task<List<Fated>> Fates(Guid importId, CancellationToken ct)
    {
        var versions = await OfImport(importId).OrderBy(v => v.Code).Select(v => new { v.Code, v.Version, v.Title }).ToListAsync(ct);
        var codes = versions.Select(v => v.Code).ToList();
        var newest = await db.NewestVersions(codes, ct);
        var used = await Used(codes, ct);
        return [.. versions.Select(v => new Fated(v.Code, v.Version, v.Title,
            newest[v.Code].Kept > v.Version ? Fate.Kept : used.Contains((v.Code, v.Version)) ? Fate.Restored : Fate.Withdrawn, newest[v.Code].Last))];
    }

    private static UndoneImport Told(List<Fated> fates) => new(
        fates.Count(f => f.Fate == Fate.Withdrawn), fates.Count(f => f.Fate == Fate.Restored), [.. fates.Where(f => f.Fate == Fate.Kept).Select(f => f.Title)]);

    private async Task Restore(CatalogueImport import, ServiceVersion version, int number, DateTimeOffset now, CancellationToken ct)
    {
        var before = await db.ServiceVersions.AsNoTracking().Where(v => v.Code == version.Code && v.Version < version.Version && v.WithdrawnAt == null)
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        var document = ItemDocument.Parse((before ?? version).Content);
        if (before is null)
            Cancel(document, import, now);
        var day = version.EffectiveFrom > now.Day() ? version.EffectiveFrom : now.Day();
        await publisher.Add(document, number, day, new VersionAuthors(VersionOrigin.Undo, import.ImportedBy, import.ImportedByName, user.Id, user.DisplayName, import.Id), ct);
    }

    private static void Cancel(ItemDocument document, CatalogueImport import, DateTimeOffset now)
    {
        document.Set(ItemElements.Named("cancelled.on"), now.Day().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        document.Set(ItemElements.Named("cancelled.reason"), "导入有误，已经撤销");
        document.Set(ItemElements.Named("cancelled.basis"), $"撤销导入：{import.FileName}"[..Math.Min(200, 5 + import.FileName.Length)]);
    }

    /// <summary>One version, what becomes of it, and the last number of its item.</summary>
    private sealed record Fated(string Code, int Version, string Title, Fate Fate, int Last);

    private enum Fate
    {
        Withdrawn,
        Restored,
        Kept,
    }

    private async Task<HashSet<(string Code, int Version)>> Used(IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var all = new HashSet<(string Code, int Version)>();
        foreach (var use in uses)
            all.UnionWith(await use.Of(codes, ct));
        return all;
    }
}
