using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>All versions of a guide that have come into force, newest first, for everybody. Not found when there is none.</summary>
[ForAnyone]
public sealed record GetServiceVersions(string Code) : IQuery<ServiceVersions>;

/// <summary>The elements that differ between two such versions, in words. Not found when one is missing.</summary>
[ForAnyone]
public sealed record GetVersionChanges(string Code, int From, int To) : IQuery<IReadOnlyList<ElementChange>>;

/// <summary>A guide's versions.</summary>
public sealed record ServiceVersions(string Code, string Title, IReadOnlyList<PublicVersion> Lines);

/// <summary>One version.</summary>
/// <param name="Version">Counts up from 1.</param>
/// <param name="From">In force from this day.</param>
/// <param name="Cancelled">It only says that the item is cancelled.</param>
/// <param name="Title">The item's name in it.</param>
public sealed record PublicVersion(int Version, DateOnly From, bool Cancelled, string Title);

internal sealed class GetServiceVersionsHandler(PortalDbContext db, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetServiceVersions, ServiceVersions>, IRequestHandler<GetVersionChanges, IReadOnlyList<ElementChange>>
{
    private const int Most = 200;

    public async Task<ServiceVersions> Handle(GetServiceVersions request, CancellationToken ct)
    {
        var lines = await db.PublicVersions(request.Code, clock.Today()).OrderByDescending(v => v.Version).Take(Most)
            .Select(v => new PublicVersion(v.Version, v.EffectiveFrom, v.Cancelled, v.Title)).ToListAsync(ct);
        return lines.Count == 0 ? throw new NotFoundException("service") : new ServiceVersions(request.Code, lines[0].Title, lines);
    }

    public async Task<IReadOnlyList<ElementChange>> Handle(GetVersionChanges request, CancellationToken ct)
    {
        var contents = await db.PublicVersions(request.Code, clock.Today()).Where(v => v.Version == request.From || v.Version == request.To)
            .ToDictionaryAsync(v => v.Version, v => v.Content, ct);
        if (!contents.TryGetValue(request.From, out var from) || !contents.TryGetValue(request.To, out var to))
            throw new NotFoundException("version");
        return ItemDiff.ForPublic(ItemDocument.Parse(from), ItemDocument.Parse(to), await mediator.Send(new GetItemNames(), ct));
    }
}

internal static class PublicVersionRows
{
    /// <summary>What everybody may see of a service: versions that are or were in force, none withdrawn, none of the future.</summary>
    public static IQueryable<ServiceVersion> PublicVersions(this PortalDbContext db, string code, DateOnly today) =>
        db.ServiceVersions.AsNoTracking().Where(v => v.Code == code && v.WithdrawnAt == null && v.EffectiveFrom <= today);
}
