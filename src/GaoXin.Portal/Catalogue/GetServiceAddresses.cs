using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>Every item in force today that is not cancelled, by code, for the sitemap. Cached.</summary>
[ForAnyone]
public sealed record GetServiceAddresses : IQuery<IReadOnlyList<ServiceAddress>>;

/// <summary>An item and the day its version came into force.</summary>
public sealed record ServiceAddress(string Code, DateOnly Since);

internal sealed class GetServiceAddressesHandler(PortalDbContext db, CatalogueCache cache, TimeProvider clock)
    : IRequestHandler<GetServiceAddresses, IReadOnlyList<ServiceAddress>>
{
    public async Task<IReadOnlyList<ServiceAddress>> Handle(GetServiceAddresses request, CancellationToken ct)
    {
        var today = clock.Today();
        return (await cache.Current<IReadOnlyList<ServiceAddress>>("addresses", async () => await db.ServicesInForce(today).Where(v => !v.Cancelled)
            .OrderBy(v => v.Code).Select(v => new ServiceAddress(v.Code, v.EffectiveFrom)).ToListAsync(ct)))!;
    }
}
