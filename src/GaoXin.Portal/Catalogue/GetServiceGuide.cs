using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// The guide (办事指南) of the version in force today, perhaps a cancelled one, or of an earlier <see cref="Version"/>. Not
/// found when there is no such service, or when the version was withdrawn or is not in force yet.
/// </summary>
[ForAnyone]
public sealed record GetServiceGuide(string Code, int? Version = null) : IQuery<GuideView>;

internal sealed class GetServiceGuideHandler(PortalDbContext db, IMediator mediator, TimeProvider clock) : IRequestHandler<GetServiceGuide, GuideView>
{
    public async Task<GuideView> Handle(GetServiceGuide request, CancellationToken ct)
    {
        if (request.Version is { } version && !await db.PublicVersions(request.Code, clock.Today()).AnyAsync(v => v.Version == version, ct))
            throw new NotFoundException("version");
        var service = await mediator.Send(new GetServiceDefinition(request.Code, request.Version), ct).OrNotFound("service");
        return await mediator.GuideOf(service, ct);
    }
}

/// <summary>Puts a guide together, of a version in force or of a draft.</summary>
internal static class GuideParts
{
    public static async Task<GuideView> GuideOf(this IMediator mediator, ServiceDefinition service, CancellationToken ct)
    {
        var contact = (await mediator.Send(new GetDepartments(), ct)).FirstOrDefault(d => d.Code == service.Department);
        var theme = (await mediator.Send(new GetReference(ReferenceKind.Themes), ct)).FirstOrDefault(e => e.Code == service.Theme);
        var places = await mediator.Send(new GetPlaces(), ct);
        return new GuideView(service, contact?.Title ?? service.Department, theme?.Title ?? service.Theme)
        {
            Contact = contact,
            Places = [.. Where(service, places)],
            Instead = service.Cancelled?.Redirect is { } redirect ? await mediator.Instead(redirect, ct) : null,
        };
    }

    /// <summary>The item's own places in their order, or all places that handle items of its level.</summary>
    private static IEnumerable<GuidePlace> Where(ServiceDefinition service, IReadOnlyList<Place> places)
    {
        var named = service.Places.Select(p => (Named: p, Place: places.FirstOrDefault(d => d.Code == p.Place))).Where(p => p.Place is not null)
            .Select(p => new GuidePlace(p.Place!, p.Named.Window, p.Named.Hours ?? p.Place!.Hours)).ToList();
        var others = places.Where(p => p.Handles(service) && named.All(n => n.Place.Code != p.Code))
            .OrderByDescending(p => p.Levels.Contains(service.Nature.Level)).ThenBy(p => p.Kind == PlaceKind.Hall && service.Nature.Level != ItemLevel.District)
            .Select(p => new GuidePlace(p, null, p.Hours));
        return named.Concat(others);
    }

    private static async Task<InsteadOf?> Instead(this IMediator mediator, string code, CancellationToken ct) =>
        await mediator.Send(new GetServiceDefinition(code), ct) is { } other ? new InsteadOf(other.Code, other.Title) : null;
}
