using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue;

/// <summary>The zones (区块) of the service hall in their order, with groups and windows, and the hall's rules for queues. Cached.</summary>
[ForAnyone]
public sealed record GetZones : IQuery<HallPlan>;

/// <summary>大厅布局.</summary>
/// <param name="Zones">In their order; empty when they were never loaded.</param>
/// <param name="Rules">How the queues are ordered.</param>
public sealed record HallPlan(IReadOnlyList<Zone> Zones, HallRules Rules)
{
    /// <summary>All groups of the hall, with their zones.</summary>
    public IEnumerable<(Zone Zone, ServiceGroup Group)> Groups => Zones.SelectMany(z => z.Groups.Select(g => (z, g)));

    /// <summary>The group whose windows handle a service: the one that names it, else its department's.</summary>
    public ServiceGroup? GroupOf(string serviceCode, string department) =>
        Groups.Select(g => g.Group).FirstOrDefault(g => g.Services.Contains(serviceCode))
        ?? Groups.Select(g => g.Group).FirstOrDefault(g => g.Departments.Contains(department));
}

/// <summary>区块: a part of the hall with one lead, some windows and one queue letter.</summary>
/// <param name="Code">For example <c>real-estate</c>.</param>
/// <param name="Number">1 for the first zone, as on the signs.</param>
/// <param name="Title">For example 不动产登记.</param>
/// <param name="Letter">Stands before the ticket numbers of the zone.</param>
/// <param name="Lead">The office that leads the zone (区块长); never a person.</param>
public sealed record Zone(string Code, int Number, string Title, char Letter, string Lead)
{
    /// <summary>业务 of the zone.</summary>
    public required IReadOnlyList<ServiceGroup> Groups { get; init; }

    /// <summary>窗口 of the zone.</summary>
    public required IReadOnlyList<ZoneWindow> Windows { get; init; }
}

/// <summary>业务: services that the same windows handle and one place in a session is good for.</summary>
/// <param name="Code">Unique in the hall, for example <c>estate-transfer</c>.</param>
/// <param name="Title">For example 二手房过户.</param>
/// <param name="Minutes">How long one person takes on average; the first guess of waiting times.</param>
/// <param name="Spread">The standard deviation of the minutes.</param>
public sealed record ServiceGroup(string Code, string Title, int Minutes, int Spread)
{
    /// <summary>Departments whose other services belong here.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];

    /// <summary>Services that belong here by name.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
}

/// <summary>窗口, numbered through the whole hall, with the groups it is equipped for.</summary>
public sealed record ZoneWindow(int Number, IReadOnlyList<string> Skills);

/// <summary>Settings of the hall's queues.</summary>
public sealed record HallRules
{
    /// <summary>After check-in, a ticket with a booking is due after so many minutes.</summary>
    public int Booked { get; init; }

    /// <summary>The same for 老年人.</summary>
    public int Elderly { get; init; } = 10;

    /// <summary>The same for 残疾人.</summary>
    public int Disabled { get; init; } = 10;

    /// <summary>The same for a walk-in with an urgent reason (急事).</summary>
    public int Urgent { get; init; } = 20;

    /// <summary>The same for everybody else.</summary>
    public int WalkIn { get; init; } = 60;

    /// <summary>过号 needs so many calls.</summary>
    public int MissedCalls { get; init; } = 3;

    /// <summary>过号 needs so many minutes since the first call.</summary>
    public int MissedMinutes { get; init; } = 3;

    /// <summary>Who missed the calls may come back once within so many minutes.</summary>
    public int RejoinWithin { get; init; } = 30;

    /// <summary>Who comes back is due after so many minutes.</summary>
    public int RejoinDue { get; init; } = 10;
}

internal sealed class GetZonesHandler(PortalDbContext db, CatalogueCache cache) : IRequestHandler<GetZones, HallPlan>
{
    public async Task<HallPlan> Handle(GetZones request, CancellationToken ct) => (await cache.Current("zones", () => Load(ct)))!;

    private async Task<HallPlan?> Load(CancellationToken ct)
    {
        var content = await db.ReferenceLists.Where(l => l.Name == ZoneSeeds.KindName).Select(l => l.Content).SingleOrDefaultAsync(ct);
        return content is null ? new HallPlan([], new HallRules()) : Read(SeedNode.FromJson(content));
    }

    private static HallPlan Read(SeedNode root) => new([.. root.ListOf(ZoneSeeds.KindName).Select(ReadZone)], Rules(root["targets"]!, root["missed"]!));

    private static Zone ReadZone(SeedNode node, int index) => new(
        node.TextOf("code") ?? "", index + 1, node.TextOf("title") ?? "", node.TextOf("letter")![0], node.TextOf("lead") ?? "")
    {
        Groups = [.. node.ListOf("groups").Select(Group)],
        Windows = [.. node.ListOf("windows").Select(w => new ZoneWindow(w.NumberOf("number")!.Value, w.TextsOf("skills")))],
    };

    private static ServiceGroup Group(SeedNode node) => new(
        node.TextOf("code") ?? "", node.TextOf("title") ?? "", node.NumberOf("minutes")!.Value, node.NumberOf("spread")!.Value)
    {
        Departments = node.TextsOf("departments"),
        Services = node.TextsOf("services"),
    };

    private static HallRules Rules(SeedNode targets, SeedNode missed) => new()
    {
        Booked = targets.NumberOf("booked")!.Value,
        Elderly = targets.NumberOf("elderly")!.Value,
        Disabled = targets.NumberOf("disabled")!.Value,
        Urgent = targets.NumberOf("urgent")!.Value,
        WalkIn = targets.NumberOf("walk-in")!.Value,
        MissedCalls = missed.NumberOf("calls")!.Value,
        MissedMinutes = missed.NumberOf("minutes")!.Value,
        RejoinWithin = missed.NumberOf("rejoin_within")!.Value,
        RejoinDue = missed.NumberOf("rejoin_due")!.Value,
    };
}
