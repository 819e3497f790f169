using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.OneThing.Connectors;

/// <summary>对接情况: every connected party, how it is doing, and what waits for it.</summary>
[ForStaff(Roles.SystemAdministrator, Roles.HallManager)]
public sealed record GetConnectors : IQuery<IReadOnlyList<ConnectorView>>;

/// <summary>A party's connector.</summary>
public sealed record ConnectorView
{
    /// <summary>The party's code.</summary>
    public required string Party { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>True while its circuit is open: nothing is sent.</summary>
    public required bool Resting { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? RestingUntil { get; init; }

    /// <summary>Faults since the last success.</summary>
    public int FaultsInARow { get; init; }

    /// <summary>The last success.</summary>
    public DateTimeOffset? LastGoodAt { get; init; }

    /// <summary>The last fault.</summary>
    public DateTimeOffset? LastFaultAt { get; init; }

    /// <summary>The type of the last fault.</summary>
    public string? LastError { get; init; }

    /// <summary>Orders the party does not have yet.</summary>
    public required int Unsent { get; init; }

    /// <summary>Orders it has and has not answered.</summary>
    public required int Unanswered { get; init; }

    /// <summary>The oldest unanswered orders.</summary>
    public required IReadOnlyList<WaitingOrder> Oldest { get; init; }
}

/// <summary>An order without an answer.</summary>
public sealed record WaitingOrder(string CaseNumber, DateTimeOffset PlacedAt, int Attempts, bool Taken, string? LastError);

/// <summary>再送一次: closes the circuit of a party and hands over all that waits for it at once (at most 500).</summary>
[ForStaff(Roles.SystemAdministrator, Roles.HallManager)]
public sealed record RetryParty(string Party) : ICommand<int>;

internal sealed class GetConnectorsHandler(PortalDbContext db, IEnumerable<IPartyConnector> connectors, TimeProvider clock) : IRequestHandler<GetConnectors, IReadOnlyList<ConnectorView>>
{
    private const int Shown = 5;

    public async Task<IReadOnlyList<ConnectorView>> Handle(GetConnectors request, CancellationToken ct)
    {
        var health = await db.PartyHealth.AsNoTracking().ToDictionaryAsync(h => h.Party, ct);
        var counts = await db.PartyOrders.Where(o => o.AnsweredAt == null).GroupBy(o => o.Party)
            .Select(g => new { g.Key, Unsent = g.Count(o => o.TakenAt == null), Unanswered = g.Count(o => o.TakenAt != null) }).ToDictionaryAsync(c => c.Key, ct);
        var oldest = await db.PartyOrders.AsNoTracking().Where(o => o.AnsweredAt == null).GroupBy(o => o.Party)
            .Select(g => new { g.Key, Orders = g.OrderBy(o => o.PlacedAt).ThenBy(o => o.Id).Take(Shown).ToList() }).ToDictionaryAsync(g => g.Key, g => g.Orders, ct);
        return [.. connectors.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => View(c, health.GetValueOrDefault(c.Code), counts.GetValueOrDefault(c.Code)?.Unsent ?? 0,
            counts.GetValueOrDefault(c.Code)?.Unanswered ?? 0, oldest.GetValueOrDefault(c.Code) ?? []))];
    }

    private ConnectorView View(IPartyConnector connector, PartyHealth? health, int unsent, int unanswered, List<PartyOrder> oldest) => new()
    {
        Party = connector.Code,
        Title = connector.Title,
        Resting = health?.IsOpen(clock.GetUtcNow()) ?? false,
        RestingUntil = health?.OpenUntil,
        FaultsInARow = health?.FaultsInARow ?? 0,
        LastGoodAt = health?.LastGoodAt,
        LastFaultAt = health?.LastFaultAt,
        LastError = health?.LastError,
        Unsent = unsent,
        Unanswered = unanswered,
        Oldest = [.. oldest.Select(o => new WaitingOrder(o.CaseNumber, o.PlacedAt, o.Attempts, o.TakenAt is not null, o.LastError))],
    };
}

internal sealed class RetryPartyHandler(PortalDbContext db, IEnumerable<IPartyConnector> connectors, TimeProvider clock) : IRequestHandler<RetryParty, int>
{
    private const int Most = 500;

    public async Task<int> Handle(RetryParty request, CancellationToken ct)
    {
        if (connectors.All(c => c.Code != request.Party))
            throw new NotFoundException("party");
        var health = await db.PartyHealth.SingleOrDefaultAsync(h => h.Party == request.Party, ct);
        health?.CloseCircuit();
        var waiting = await db.PartyOrders.Where(o => o.Party == request.Party && o.AnsweredAt == null).OrderBy(o => o.PlacedAt).Take(Most).Select(o => o.Id).ToListAsync(ct);
        foreach (var id in waiting)
            db.Raise(new OrderPlaced(id, Again: true), clock.GetUtcNow());
        return waiting.Count;
    }
}
