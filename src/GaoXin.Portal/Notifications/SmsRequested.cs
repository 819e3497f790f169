using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Notifications;

/// <summary>A short message waits to be sent. The row's id only: neither number nor words pass through the outbox.</summary>
public sealed record SmsRequested(Guid DispatchId) : IPublicEvent;

/// <summary>
/// Hands the message to the gateway after the commit. A throw leaves the outbox row for a later try, with growing gaps;
/// when the tries are used up the message is Failed and the health check says so. The case it tells about goes on.
/// </summary>
internal sealed class SendSms(PortalDbContext db, IPeople people, ISmsGateway gateway, TimeProvider clock)
    : IEventHandler<SmsRequested>, ICallsOutside
{
    public async Task Handle(SmsRequested fact, CancellationToken ct)
    {
        var dispatch = await db.SmsDispatches.AsNoTracking().SingleOrDefaultAsync(d => d.Id == fact.DispatchId, ct);
        if (dispatch is null || dispatch.Status is SmsStatus.Sent or SmsStatus.NoPhone)
            return;
        var person = await people.Find(dispatch.RecipientId, ct);
        if (person?.Phone is not { } phone)
        {
            await Row(dispatch).ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, SmsStatus.NoPhone), ct);
            return;
        }

        try
        {
            await gateway.Send(new SmsMessage(dispatch.Id, phone, dispatch.Text), ct);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            await NoteFailureAsync(dispatch, error, ct);
            throw;
        }

        var now = clock.GetUtcNow();
        await Row(dispatch).ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, SmsStatus.Sent).SetProperty(x => x.SentAt, now)
            .SetProperty(x => x.Attempts, x => x.Attempts + 1).SetProperty(x => x.LastError, (string?)null), ct);
    }

    private Task<int> NoteFailureAsync(SmsDispatch dispatch, Exception error, CancellationToken ct)
    {
        var attempts = dispatch.Attempts + 1;
        var status = attempts >= Outbox.MaximumAttempts ? SmsStatus.Failed : SmsStatus.Waiting;
        // The type only: the text of a gateway's error may quote the number.
        var reason = error.GetType().Name;
        return Row(dispatch).ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, status)
            .SetProperty(x => x.Attempts, attempts).SetProperty(x => x.LastError, reason), ct);
    }

    private IQueryable<SmsDispatch> Row(SmsDispatch dispatch) => db.SmsDispatches.Where(d => d.Id == dispatch.Id);
}
