using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>A reference list in its order, for example all departments. Cached; empty when it was never loaded.</summary>
[ForAnyone]
public sealed record GetReference(ReferenceKind Kind) : IQuery<IReadOnlyList<ReferenceEntry>>;

/// <summary>The reference lists of the catalogue.</summary>
public enum ReferenceKind
{
    /// <summary>实施部门.</summary>
    Departments,

    /// <summary>主题.</summary>
    Themes,

    /// <summary>行政区划: six digits, or nine for streets, with the division above.</summary>
    Divisions,

    /// <summary>人生和经营阶段; the parent is <c>person</c> or <c>enterprise</c>.</summary>
    LifeEvents,

    /// <summary>办理地点; see <see cref="GetPlaces"/> for addresses and hours.</summary>
    Places,
}

/// <summary>An entry of a reference list.</summary>
public sealed record ReferenceEntry(string Code, string Title, string? Parent = null);

internal sealed class GetReferenceHandler(PortalDbContext db, CatalogueCache cache) : IRequestHandler<GetReference, IReadOnlyList<ReferenceEntry>>
{
    public async Task<IReadOnlyList<ReferenceEntry>> Handle(GetReference request, CancellationToken ct) =>
        (await cache.Current(("reference", request.Kind), async () => await Load(NameOf(request.Kind), ct)))!;

    private async Task<IReadOnlyList<ReferenceEntry>?> Load(string name, CancellationToken ct)
    {
        var content = await db.ReferenceLists.Where(l => l.Name == name).Select(l => l.Content).SingleOrDefaultAsync(ct);
        return content is null ? []
            : [.. SeedNode.FromJson(content).ListOf(name).Select(n => new ReferenceEntry(n.TextOf("code") ?? "", n.TextOf("title") ?? "", n.TextOf("parent") ?? n.TextOf("audience")))];
    }

    private static string NameOf(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Departments => DepartmentSeeds.KindName,
        ReferenceKind.Themes => ThemeSeeds.KindName,
        ReferenceKind.LifeEvents => LifeEventSeeds.KindName,
        ReferenceKind.Places => PlaceSeeds.KindName,
        _ => DivisionSeeds.KindName,
    };
}
