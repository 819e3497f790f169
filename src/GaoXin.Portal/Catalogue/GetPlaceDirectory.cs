using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>就近办: every place with what it handles; only those that handle <paramref name="Service"/> when a service is named.</summary>
[ForAnyone]
public sealed record GetPlaceDirectory(string? Service = null) : IQuery<PlaceDirectory>;

/// <summary>The places.</summary>
/// <param name="Places">In their order.</param>
/// <param name="Service">The service asked for; null when none was, or it is not in force.</param>
public sealed record PlaceDirectory(IReadOnlyList<PlaceOnList> Places, ReferenceEntry? Service);

/// <summary>A place and what it handles.</summary>
/// <param name="Place">The place.</param>
/// <param name="Services">How many items it handles.</param>
/// <param name="Levels">How many of each level.</param>
/// <param name="Counters">The windows people ask for by name, with their items.</param>
public sealed record PlaceOnList(Place Place, int Services, IReadOnlyList<(ItemLevel Level, int Count)> Levels, IReadOnlyList<PlaceCounter> Counters);

/// <summary>A window with the items it handles at this place.</summary>
public sealed record PlaceCounter(string Title, IReadOnlyList<ReferenceEntry> Services);

internal sealed class GetPlaceDirectoryHandler(PortalDbContext db, CatalogueCache cache, ServiceIndexes indexes, IMediator mediator)
    : IRequestHandler<GetPlaceDirectory, PlaceDirectory>
{
    public async Task<PlaceDirectory> Handle(GetPlaceDirectory request, CancellationToken ct)
    {
        var services = (await indexes.Current(ct)).Services;
        var service = services.FirstOrDefault(s => s.Code == request.Service);
        var counters = await cache.Current("place counters", () => Counters(ct));
        var places = (await mediator.Send(new GetPlaces(), ct)).Where(p => service is null || service.Places.Contains(p.Code));
        return new PlaceDirectory([.. places.Select(p => Line(p, services, counters!))], service is null ? null : new ReferenceEntry(service.Code, service.Title));
    }

    private static PlaceOnList Line(Place place, IReadOnlyList<IndexedService> services, IReadOnlyList<SeedNode> counters)
    {
        var here = services.Where(s => s.Places.Contains(place.Code)).ToList();
        return new PlaceOnList(place, here.Count, [.. here.GroupBy(s => s.Level).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))],
            [.. counters.Select(c => Counter(c, here)).Where(c => c.Services.Count > 0)]);
    }

    private static PlaceCounter Counter(SeedNode counter, List<IndexedService> here) => new(counter.TextOf("title") ?? "",
        [.. counter.TextsOf("services").Select(code => here.Find(s => s.Code == code)).OfType<IndexedService>().Select(s => new ReferenceEntry(s.Code, s.Title))]);

    private async Task<IReadOnlyList<SeedNode>?> Counters(CancellationToken ct)
    {
        var content = await db.ReferenceLists.Where(l => l.Name == PlaceSeeds.KindName).Select(l => l.Content).SingleOrDefaultAsync(ct);
        return content is null ? [] : SeedNode.FromJson(content).ListOf(PlaceSeeds.Counters);
    }
}
