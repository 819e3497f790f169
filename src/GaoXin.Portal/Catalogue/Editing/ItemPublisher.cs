using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>The catalogue has new versions: caches read again.</summary>
public sealed record CatalogueChanged(int Versions) : IPublicEvent;

/// <summary>Turns contents into published versions, one publication at a time.</summary>
internal sealed class ItemPublisher(PortalDbContext db, ItemCheck check, TimeProvider clock)
{
    private const long LockKey = 0x17E4;

    /// <summary>Every publication waits for the one before, so that numbers follow each other and no base is overtaken.</summary>
    public Task Lock(CancellationToken ct) => db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);

    /// <summary>The newest version that was not withdrawn, scheduled ones too; null for a new item.</summary>
    public Task<ServiceVersion?> Newest(string code, CancellationToken ct) =>
        db.ServiceVersions.AsNoTracking().Where(v => v.Code == code && v.WithdrawnAt == null).OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);

    /// <summary>Adds the next version. The content was checked.</summary>
    public async Task<int> Publish(ItemDocument document, DateOnly effectiveFrom, VersionAuthors authors, CancellationToken ct)
    {
        var last = await db.ServiceVersions.Where(v => v.Code == document.Code).MaxAsync(v => (int?)v.Version, ct) ?? 0;
        return await Add(document, last + 1, effectiveFrom, authors, ct);
    }

    /// <summary>Adds a version whose number the caller knows to be free, for example one of many.</summary>
    public async Task<int> Add(ItemDocument document, int version, DateOnly effectiveFrom, VersionAuthors authors, CancellationToken ct)
    {
        var content = await check.Standalone(document.AsVersion(version, effectiveFrom), ct);
        var service = ServiceReader.FromStored(content, SeedNode.HashOf(content));
        db.Add(ServiceVersion.Of(service, content, clock.GetUtcNow(), authors));
        return version;
    }
}

/// <summary>Pages kept for everybody, where the catalogue shows. Implemented by the program that keeps them.</summary>
public interface IKeptPages
{
    /// <summary>Throws them away.</summary>
    ValueTask Evict(CancellationToken ct);
}

internal sealed class ForgetOldVersions(SeedChanges changes, IEnumerable<IKeptPages> kept) : IEventHandler<CatalogueChanged>
{
    public async Task Handle(CatalogueChanged fact, CancellationToken ct)
    {
        changes.Happened();
        foreach (var pages in kept)
            await pages.Evict(ct);
    }
}
