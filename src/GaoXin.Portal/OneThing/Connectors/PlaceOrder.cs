using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.OneThing.Connectors;

/// <summary>A party has something to decide. <paramref name="Again"/>: it has been handed over before, and no answer came.</summary>
public sealed record OrderPlaced(Guid OrderId, bool Again) : IPublicEvent;

/// <summary>Places an order for every submitted case whose definition names a party that is connected; else the department decides by hand.</summary>
internal sealed class PlaceOrders(PortalDbContext db, IMediator mediator, IEnumerable<IPartyConnector> connectors, TimeProvider clock) : IEventHandler<CaseSubmitted>
{
    public async Task Handle(CaseSubmitted fact, CancellationToken ct)
    {
        var service = await mediator.Send(new GetServiceDefinition(fact.ServiceCode, fact.ServiceVersion), ct);
        if (service?.Party is not { } party || connectors.All(c => c.Code != party) || await db.PartyOrders.AnyAsync(o => o.CaseId == fact.CaseId, ct))
            return;
        var order = new PartyOrder
        {
            CaseId = fact.CaseId,
            CaseNumber = fact.Number,
            Party = party,
            ServiceCode = fact.ServiceCode,
            ServiceVersion = fact.ServiceVersion,
            PlacedAt = clock.GetUtcNow(),
        };
        db.Add(order);
        db.Raise(new OrderPlaced(order.Id, Again: false), order.PlacedAt);
    }
}

/// <summary>
/// Hands an order to its party. A fault leaves it to the outbox, which tries again later and later; while the circuit is open it does
/// not even knock. A crash after the party took it means that it gets it again, under the same key.
/// </summary>
internal sealed class SendOrder(
    PortalDbContext db, IMediator mediator, IMemberCases cases, IEnumerable<IPartyConnector> connectors, IOptions<PortalOptions> portal, TimeProvider clock)
    : IEventHandler<OrderPlaced>, ICallsOutside
{
    public async Task Handle(OrderPlaced fact, CancellationToken ct)
    {
        var order = await db.PartyOrders.AsNoTracking().SingleAsync(o => o.Id == fact.OrderId, ct);
        if (order.AnsweredAt is not null || (order.TakenAt is not null && !fact.Again))
            return;
        var health = await db.PartyHealth.AsNoTracking().SingleOrDefaultAsync(h => h.Party == order.Party, ct);
        if (health?.IsOpen(clock.GetUtcNow()) == true)
            throw new PartyRestsException(order.Party);
        var filed = await cases.Filed(order.CaseId, ct);
        var message = new PartyMessage(order.Id, order.ServiceCode, order.CaseNumber, Flat(filed.Answers), $"{portal.Value.PublicAddress.TrimEnd('/')}/api/parties/{order.Party}/answers");
        try
        {
            await connectors.Single(c => c.Code == order.Party).Place(message, ct);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            await mediator.Send(new RecordHandOver(order.Id, error.GetType().Name), ct);
            throw;
        }

        await mediator.Send(new RecordHandOver(order.Id, null), ct);
    }

    private static Dictionary<string, string> Flat(Answers answers) =>
        answers.Values.Concat(answers.Groups.SelectMany(g => answers.Rows(g).SelectMany(r => r.Values.Select(v => KeyValuePair.Create($"{g}/{r.Id}/{v.Key}", v.Value))))).ToDictionary();
}

/// <summary>The circuit of a party is open: the order waits.</summary>
internal sealed class PartyRestsException(string party) : Exception($"{party} is not asked at the moment.");

/// <summary>Keeps how a hand-over went: on the order and for the circuit breaker.</summary>
[ForSystem]
public sealed record RecordHandOver(Guid OrderId, string? Error) : ICommand;

internal sealed class RecordHandOverHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<RecordHandOver, Unit>
{
    public async Task<Unit> Handle(RecordHandOver request, CancellationToken ct)
    {
        var order = await db.LockOrder(request.OrderId, ct) ?? throw new NotFoundException("order");
        await db.Database.ExecuteSqlAsync($"INSERT INTO one_thing.party_health (party, faults_in_a_row) VALUES ({order.Party}, 0) ON CONFLICT (party) DO NOTHING", ct);
        var health = await db.PartyHealth.FromSql($"SELECT * FROM one_thing.party_health WHERE party = {order.Party} FOR UPDATE").SingleAsync(ct);
        var now = clock.GetUtcNow();
        if (request.Error is { } error)
        {
            order.Failed(error, now);
            health.Fault(error, now);
        }
        else
        {
            order.Taken(now);
            health.Good(now);
        }

        return Unit.Value;
    }
}

/// <summary>Hands over again what a party has had for long without an answer, and what the outbox gave up: under the same key.</summary>
internal sealed class RemindParties(PortalDbContext db, IMediator mediator, TimeProvider clock) : IPeriodicTask
{
    private const int Batch = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    public async Task<int> Run(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Patience;
        var silent = await db.PartyOrders.AsNoTracking().Where(o => o.AnsweredAt == null && (o.LastAttemptAt ?? o.PlacedAt) < before).OrderBy(o => o.PlacedAt).Take(Batch).Select(o => o.Id).ToListAsync(ct);
        foreach (var id in silent)
            await mediator.Send(new HandOverAgain(id), ct);
        return silent.Count;
    }
}

/// <summary>Places an order anew; nothing when it was answered meanwhile.</summary>
[ForSystem]
public sealed record HandOverAgain(Guid OrderId) : ICommand;

internal sealed class HandOverAgainHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<HandOverAgain, Unit>
{
    public async Task<Unit> Handle(HandOverAgain request, CancellationToken ct)
    {
        if (await db.LockOrder(request.OrderId, ct) is { AnsweredAt: null } order)
            db.Raise(new OrderPlaced(order.Id, Again: true), clock.GetUtcNow());
        return Unit.Value;
    }
}
