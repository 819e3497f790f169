using System.Text.Json;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Persistence;

/// <summary>Marks an event handler that calls an outside system: it runs outside a transaction, at least once.</summary>
internal interface ICallsOutside;

/// <summary>
/// Delivers outbox rows. A row is leased in a short transaction, then its handler and the mark "done" commit together,
/// so a killed process leaves either both or neither. Several workers and instances share the table by SKIP LOCKED.
/// </summary>
internal sealed partial class Outbox(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Outbox> logger)
{
    public const string Channel = "portal_outbox";
    public const int MaximumAttempts = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Delivers until nothing is due; the answer is the number delivered.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        var delivered = 0;
        while (await DeliverNextAsync(ct))
            delivered++;
        return delivered;
    }

    /// <summary>Delivers one due row, or answers false when none is due.</summary>
    public async Task<bool> DeliverNextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUserHolder>().Become(SystemUser.Instance);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var message = await LeaseAsync(db, ct);
        if (message is null)
            return false;
        try
        {
            await DeliverAsync(scope.ServiceProvider, db, message, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            DeliveryFailed(error, message.Handler, message.Id, message.Attempts);
            await PostponeAsync(db, message, error, ct);
        }

        return true;
    }

    private async Task<OutboxMessage?> LeaseAsync(PortalDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Lease;
        var leased = await db.Set<OutboxMessage>().FromSql($"""
            UPDATE kernel.outbox SET leased_until = {until}, attempts = attempts + 1
            WHERE id = (SELECT id FROM kernel.outbox
                        WHERE done_at IS NULL AND given_up_at IS NULL AND due_at <= {now}
                          AND (leased_until IS NULL OR leased_until <= {now})
                        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        return leased.SingleOrDefault();
    }

    private async Task DeliverAsync(IServiceProvider services, PortalDbContext db, OutboxMessage message, CancellationToken ct)
    {
        var (factType, handlerType) = EventHandlers.Find(message.Event, message.Handler)
            ?? throw new InvalidOperationException($"No handler {message.Handler} for {message.Event}.");
        var fact = JsonSerializer.Deserialize(message.Payload, factType, OutboxMessage.Json)!;
        var handler = services.GetRequiredService(handlerType);
        if (handler is ICallsOutside)
        {
            await InvokeAsync(factType, handler, fact, ct);
            await MarkDoneAsync(db, message, ct);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await InvokeAsync(factType, handler, fact, ct);
        await db.SaveChangesAsync(ct);
        await MarkDoneAsync(db, message, ct);
        await transaction.CommitAsync(ct);
    }

    private static Task InvokeAsync(Type factType, object handler, object fact, CancellationToken ct) =>
        (Task)typeof(IEventHandler<>).MakeGenericType(factType).GetMethod(nameof(IEventHandler<IPublicEvent>.Handle))!
            .Invoke(handler, [fact, ct])!;

    private Task<int> MarkDoneAsync(PortalDbContext db, OutboxMessage message, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<OutboxMessage>().Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.DoneAt, now).SetProperty(x => x.LastError, (string?)null), ct);
    }

    private Task<int> PostponeAsync(PortalDbContext db, OutboxMessage message, Exception error, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var delay = TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, 2 * Math.Pow(2, message.Attempts)));
        DateTimeOffset? givenUp = message.Attempts >= MaximumAttempts ? now : null;
        // The type only: an exception's text may hold what a person typed.
        var reason = error.GetType().Name;
        db.ChangeTracker.Clear();
        return db.Set<OutboxMessage>().Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, now + delay).SetProperty(x => x.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(x => x.LastError, reason).SetProperty(x => x.GivenUpAt, givenUp), ct);
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Error, Message = "{Handler} failed on outbox row {Id}, attempt {Attempt}")]
    private partial void DeliveryFailed(Exception error, string handler, Guid id, int attempt);
}
