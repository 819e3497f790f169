using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>The index last built and what it was built from.</summary>
internal sealed class LastIndex
{
    /// <summary>One at a time builds.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public (string Fingerprint, ServiceIndex Index)? Built { get; set; }
}

/// <summary>
/// The index of the versions in force. Whether something changed is asked at most once a minute, and at once after a change
/// on this instance; it is built again only when it did. See docs/architecture/decisions/search-in-memory.md.
/// </summary>
internal sealed class ServiceIndexes(PortalDbContext db, CatalogueCache cache, LastIndex last, IMediator mediator, TimeProvider clock)
{
    public async Task<ServiceIndex> Current(CancellationToken ct) => (await cache.Current("service index", () => Load(ct)))!;

    private async Task<ServiceIndex?> Load(CancellationToken ct)
    {
        await last.Gate.WaitAsync(ct);
        try
        {
            var fingerprint = await Fingerprint(ct);
            if (last.Built is not { } built || built.Fingerprint != fingerprint)
                last.Built = built = (fingerprint, await Build(ct));
            return built.Index;
        }
        finally
        {
            last.Gate.Release();
        }
    }

    /// <summary>Versions and lists by what identifies them, in one small statement.</summary>
    private async Task<string> Fingerprint(CancellationToken ct)
    {
        var today = clock.Today();
        string[] lists = [SearchWordSeeds.KindName, SearchSoundSeeds.KindName, SearchCharacterSeeds.KindName, PlaceSeeds.KindName, LifeEventSeeds.KindName, DepartmentSeeds.KindName];
        var versions = db.ServicesInForce(today).Where(v => !v.Cancelled).Select(v => new { v.Code, v.Hash });
        var parts = await versions.Concat(db.ReferenceLists.Where(l => lists.Contains(l.Name)).Select(l => new { Code = l.Name, l.Hash }))
            .OrderBy(p => p.Code).ThenBy(p => p.Hash).ToListAsync(ct);
        return SeedNode.HashOf(string.Join('\n', parts.Select(p => $"{p.Code} {p.Hash}")));
    }

    private async Task<ServiceIndex> Build(CancellationToken ct)
    {
        var today = clock.Today();
        var places = await mediator.Send(new GetPlaces(), ct);
        var vocabulary = new SearchVocabulary(await List(SearchSoundSeeds.KindName, ct), await List(SearchCharacterSeeds.KindName, ct), await List(SearchWordSeeds.KindName, ct));
        var services = new List<IndexedService>();
        await foreach (var stored in db.ServicesInForce(today).Where(v => !v.Cancelled).Select(v => new { v.Content, v.Hash }).AsAsyncEnumerable().WithCancellation(ct))
            services.Add(IndexedService.Of(ServiceReader.FromStored(stored.Content, stored.Hash), places));
        return new ServiceIndex(services, vocabulary)
        {
            LifeEvents = [.. (await Entries(LifeEventSeeds.KindName, ct)).Select(e => new LifeEventCount(e.Code, e.Title, services.Count(s => s.LifeEvents.Contains(e.Code)))).Where(e => e.Services > 0)],
            Departments = (await Entries(DepartmentSeeds.KindName, ct)).ToDictionary(e => e.Code, e => e.Title),
        };
    }

    private async Task<IReadOnlyList<(string Code, string Title)>> Entries(string list, CancellationToken ct) =>
        [.. (await List(list, ct)).ListOf(list).Select(n => (n.TextOf("code") ?? "", n.TextOf("title") ?? ""))];

    private async Task<SeedNode> List(string name, CancellationToken ct) =>
        SeedNode.FromJson(await db.ReferenceLists.Where(l => l.Name == name).Select(l => l.Content).SingleOrDefaultAsync(ct) ?? "{}");
}

/// <summary>Builds the index beside the start: the first search is as quick as the next.</summary>
internal sealed class SearchWarmUp(ServiceIndexes indexes) : IWarmUp
{
    public Task Run(CancellationToken ct) => indexes.Current(ct);
}
