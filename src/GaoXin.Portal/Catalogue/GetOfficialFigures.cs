using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Finding;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;

namespace GaoXin.Portal.Catalogue;

/// <summary>Published numbers of items, each beside the number of items here. Cached.</summary>
[ForAnyone]
public sealed record GetOfficialFigures : IQuery<IReadOnlyList<OfficialFigure>>;

/// <summary>A published number.</summary>
/// <param name="Title">What is counted.</param>
/// <param name="Value">The published number.</param>
/// <param name="Here">How many items of this catalogue are listed with <paramref name="Filter"/>.</param>
/// <param name="Filter">Lists them.</param>
/// <param name="Source">The document.</param>
/// <param name="AsOf">Its day.</param>
public sealed record OfficialFigure(string Title, int Value, int Here, ServiceFilter Filter, string Source, DateOnly AsOf);

internal sealed class GetOfficialFiguresHandler(PortalDbContext db, CatalogueCache cache, ServiceIndexes indexes)
    : IRequestHandler<GetOfficialFigures, IReadOnlyList<OfficialFigure>>
{
    public async Task<IReadOnlyList<OfficialFigure>> Handle(GetOfficialFigures request, CancellationToken ct)
    {
        var nodes = await cache.Current(OfficialFigureSeeds.KindName, () => Load(ct));
        var services = (await indexes.Current(ct)).Services;
        return [.. nodes!.Select(n => Read(n, services))];
    }

    private async Task<IReadOnlyList<SeedNode>?> Load(CancellationToken ct) => await db.ReferenceNodes(OfficialFigureSeeds.KindName, ct);

    private static OfficialFigure Read(SeedNode node, IReadOnlyList<IndexedService> services)
    {
        var filter = new ServiceFilter
        {
            Level = node.TextOf("level") is { } level ? Names.Value<ItemLevel>(level) : null,
            Speed = node.TextOf("speed") is { } speed ? Names.Value<Speed>(speed) : null,
        };
        return new OfficialFigure(node.TextOf("title") ?? "", node.NumberOf("value") ?? 0, services.Count(filter.Admits), filter,
            node.TextOf("source") ?? "", node.DayOf("as_of") ?? default);
    }
}
