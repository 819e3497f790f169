using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>办理地点名录: the zone's hall, the streets' 便民服务中心 and communities' stations, in their order. Cached.</summary>
[ForAnyone]
public sealed record GetPlaces : IQuery<IReadOnlyList<Place>>;

/// <summary>All departments with their telephones. Cached.</summary>
[ForAnyone]
public sealed record GetDepartments : IQuery<IReadOnlyList<Department>>;

/// <summary>A place where items are handled.</summary>
public sealed record Place(string Code, string Title, PlaceKind Kind, string Division, string Address, string Hours)
{
    /// <summary>The place's own telephone.</summary>
    public string? Phone { get; init; }

    /// <summary>交通指引.</summary>
    public string? Transit { get; init; }

    /// <summary>What to know before one comes; null when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Items of these levels are handled here.</summary>
    public IReadOnlyList<ItemLevel> Levels { get; init; } = [];

    /// <summary>Codes of further items handled here.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether an item is handled here: named by the item, by its level, or by the place.</summary>
    public bool Handles(ServiceDefinition service) => service.Places.Count > 0
        ? service.Places.Any(p => p.Place == Code) || Services.Contains(service.Code)
        : Levels.Contains(service.Nature.Level) || Services.Contains(service.Code);
}

/// <summary>What a place is.</summary>
public enum PlaceKind
{
    /// <summary>政务服务大厅.</summary>
    [Chinese("政务服务大厅")]
    Hall,

    /// <summary>便民服务中心 of a street.</summary>
    [Chinese("便民服务中心")]
    Centre,

    /// <summary>便民服务站 of a community.</summary>
    [Chinese("便民服务站")]
    Station,
}

/// <summary>实施部门.</summary>
/// <param name="Code">For example <c>market-regulation</c>.</param>
/// <param name="Title">The name people read.</param>
/// <param name="CreditCode">统一社会信用代码, part of 实施编码; null when not known.</param>
/// <param name="Phone">咨询电话.</param>
/// <param name="ComplaintPhone">监督投诉电话.</param>
/// <param name="ReviewBody">行政复议机关.</param>
public sealed record Department(string Code, string Title, string? CreditCode, string? Phone, string? ComplaintPhone, string? ReviewBody)
{
    /// <summary>Code of the place where it decides; null for the zone's own hall.</summary>
    public string? Hall { get; init; }

    /// <summary>The place where it decides, of all places: its own, else the first hall.</summary>
    public Place? HallAmong(IReadOnlyList<Place> places) => places.FirstOrDefault(p => p.Code == Hall) ?? places.FirstOrDefault(p => p.Kind == PlaceKind.Hall);
}

internal sealed class GetPlacesHandler(PortalDbContext db, CatalogueCache cache) : IRequestHandler<GetPlaces, IReadOnlyList<Place>>
{
    public async Task<IReadOnlyList<Place>> Handle(GetPlaces request, CancellationToken ct) =>
        (await cache.Current<IReadOnlyList<Place>>("places", async () => [.. (await db.ReferenceNodes(PlaceSeeds.KindName, ct)).Select(Read)]))!;

    private static Place Read(SeedNode node) => new(
        node.TextOf("code") ?? "", node.TextOf("title") ?? "", Names.Value<PlaceKind>(node.TextOf("kind")),
        node.TextOf("division") ?? "", node.TextOf("address") ?? "", node.TextOf("hours") ?? "")
    {
        Phone = node.TextOf("phone"),
        Transit = node.TextOf("transit"),
        Note = node.TextOf("note"),
        Levels = [.. node.TextsOf("levels").Select(l => Names.Value<ItemLevel>(l))],
        Services = node.TextsOf("services"),
    };
}

internal sealed class GetDepartmentsHandler(PortalDbContext db, CatalogueCache cache) : IRequestHandler<GetDepartments, IReadOnlyList<Department>>
{
    public async Task<IReadOnlyList<Department>> Handle(GetDepartments request, CancellationToken ct) =>
        (await cache.Current<IReadOnlyList<Department>>("departments", async () => [.. (await db.ReferenceNodes(DepartmentSeeds.KindName, ct)).Select(Read)]))!;

    private static Department Read(SeedNode node) => new(node.TextOf("code") ?? "", node.TextOf("title") ?? "", node.TextOf("credit_code"),
        node.TextOf("phone"), node.TextOf("complaint_phone"), node.TextOf("review_body"))
    {
        Hall = node.TextOf("hall"),
    };
}

internal static class ReferenceRows
{
    /// <summary>The entries of a reference list as stored; empty when it was never loaded.</summary>
    public static async Task<IReadOnlyList<SeedNode>> ReferenceNodes(this PortalDbContext db, string name, CancellationToken ct)
    {
        var content = await db.ReferenceLists.Where(l => l.Name == name).Select(l => l.Content).SingleOrDefaultAsync(ct);
        return content is null ? [] : SeedNode.FromJson(content).ListOf(name);
    }
}
