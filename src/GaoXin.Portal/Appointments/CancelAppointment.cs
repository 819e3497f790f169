using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// Gives a confirmed place back (取消预约). It goes to the waiting list, never to the public page. The first in the window and
/// early enough is free; otherwise online booking pauses, see <see cref="GetCancelPrice"/>. Refused: <c>appointment.over</c>, <c>appointment.started</c>.
/// </summary>
[ForCitizens]
public sealed record CancelAppointment(Guid Id) : ICommand, IRepeatable;

/// <summary>What cancelling would cost now, to be said before it is done.</summary>
[ForCitizens]
public sealed record GetCancelPrice(Guid Id) : IQuery<CancelPrice>;

/// <summary>The price of a cancellation.</summary>
/// <param name="Reason">Null: it is free.</param>
/// <param name="Days">Days without online booking.</param>
/// <param name="FreeHours">A first cancellation so many hours ahead is free.</param>
/// <param name="WindowDays">Cancellations of so many days count.</param>
public sealed record CancelPrice(CooldownReason? Reason, int Days, int FreeHours, int WindowDays);

internal sealed class CancelAppointmentHandler(PortalDbContext db, BookingPlans plans, ICurrentUser user, TimeProvider clock) : IRequestHandler<CancelAppointment, Unit>
{
    public async Task<Unit> Handle(CancelAppointment request, CancellationToken ct)
    {
        var own = await db.LockOwnAppointment(request.Id, user, ct);
        if (own.State == AppointmentState.Cancelled)
            return Unit.Value;
        var (now, wasConfirmed) = (clock.GetUtcNow(), own.State == AppointmentState.Confirmed);
        var rules = (await plans.Current(db, ct)).RulesOn(clock.Today());
        var price = await db.CancelPriceOf(own, rules, now, ct);
        own.Cancel(now);
        await db.FreeSeat(own, SeatPool.Waiting, ct);
        db.Raise(new SeatGivenBack(own.SeatId), now);
        if (wasConfirmed && price is { } cost)
            db.Add(Cooldown.After(own, cost, now));
        return Unit.Value;
    }
}

internal sealed class GetCancelPriceHandler(PortalDbContext db, BookingPlans plans, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetCancelPrice, CancelPrice>
{
    public async Task<CancelPrice> Handle(GetCancelPrice request, CancellationToken ct)
    {
        var own = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == request.Id && a.BookedBy == user.Id, ct).OrNotFound("appointment");
        var rules = (await plans.Current(db, ct)).RulesOn(clock.Today());
        var price = await db.CancelPriceOf(own, rules, clock.GetUtcNow(), ct);
        return new CancelPrice(price?.Reason, price?.Days ?? 0, rules.FreeCancelHours, rules.CancelWindowDays);
    }
}

internal static class CancelPrices
{
    public static async Task<(CooldownReason Reason, int Days)?> CancelPriceOf(this PortalDbContext db, Appointment own, BookingRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-rules.CancelWindowDays);
        var before = await db.Appointments.CountAsync(a => a.PersonKey == own.PersonKey && !a.ForAnother && a.State == AppointmentState.Cancelled && a.EndedAt > since && a.ConfirmedAt != null && a.HallMovedFrom == null, ct);
        return Penalties.ForCancelling(rules, Penalties.Spares(own), before, own.StartsAt - now);
    }
}
