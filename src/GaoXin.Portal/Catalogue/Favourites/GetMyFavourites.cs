using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Favourites;

/// <summary>我的收藏, the last kept first; there are never more than a hundred. Cancelled items stay and say so.</summary>
[ForCitizens]
public sealed record GetMyFavourites : IQuery<IReadOnlyList<MyFavourite>>;

/// <summary>Whether the signed-in person keeps this guide.</summary>
[ForCitizens]
public sealed record IsMyFavourite(string Code) : IQuery<bool>;

/// <summary>A kept guide as it is today.</summary>
/// <param name="Code">The item.</param>
/// <param name="Title">Its name today.</param>
/// <param name="Summary">What it does, one sentence.</param>
/// <param name="Cancelled">已取消: the guide says why and where to go instead.</param>
public sealed record MyFavourite(string Code, string Title, string Summary, bool Cancelled);

internal sealed class GetMyFavouritesHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GetMyFavourites, IReadOnlyList<MyFavourite>>, IRequestHandler<IsMyFavourite, bool>
{
    public async Task<IReadOnlyList<MyFavourite>> Handle(GetMyFavourites request, CancellationToken ct)
    {
        var today = clock.Today();
        return await db.Favourites.Where(f => f.PersonId == user.Id)
            .Join(db.ServicesInForce(today), f => f.ServiceCode, v => v.Code, (f, v) => new { f.KeptAt, v.Code, v.Title, v.Summary, v.Cancelled })
            .OrderByDescending(f => f.KeptAt).ThenBy(f => f.Code).Select(f => new MyFavourite(f.Code, f.Title, f.Summary, f.Cancelled)).ToListAsync(ct);
    }

    public Task<bool> Handle(IsMyFavourite request, CancellationToken ct) =>
        db.Favourites.AnyAsync(f => f.PersonId == user.Id && f.ServiceCode == request.Code, ct);
}
