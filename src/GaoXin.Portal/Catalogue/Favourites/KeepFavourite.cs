using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Favourites;

/// <summary>收藏: keeps a guide for the signed-in person; keeping it twice is the same as once. Refused beyond 100.</summary>
[ForCitizens]
public sealed record KeepFavourite(string Code) : ICommand;

/// <summary>取消收藏. What is not kept is gone already.</summary>
[ForCitizens]
public sealed record RemoveFavourite(string Code) : ICommand;

internal sealed class KeepFavouriteHandler(PortalDbContext db, ICurrentUser user, IMediator mediator, TimeProvider clock)
    : IRequestHandler<KeepFavourite, Unit>, IRequestHandler<RemoveFavourite, Unit>
{
    private const int Most = 100;

    public async Task<Unit> Handle(KeepFavourite request, CancellationToken ct)
    {
        var service = await mediator.Send(new GetServiceDefinition(request.Code), ct).OrNotFound("service");
        var (person, now) = (user.Id, clock.GetUtcNow());
        if (await db.Favourites.CountAsync(f => f.PersonId == person && f.ServiceCode != service.Code, ct) >= Most)
            throw new RefusedException(FavouriteRefusals.TooMany(Most));
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO catalogue.favourites (person_id, service_code, kept_at) VALUES ({person}, {service.Code}, {now})
            ON CONFLICT DO NOTHING
            """, ct);
        return Unit.Value;
    }

    public async Task<Unit> Handle(RemoveFavourite request, CancellationToken ct)
    {
        await db.Favourites.Where(f => f.PersonId == user.Id && f.ServiceCode == request.Code).ExecuteDeleteAsync(ct);
        return Unit.Value;
    }
}
