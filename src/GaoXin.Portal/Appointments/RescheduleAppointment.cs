using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// Moves a confirmed appointment to another slot of the same group (改时间): takes the new place, moves, gives the old one back,
/// all or nothing. Refused: <c>appointment.full</c> and the other codes; the old place is never lost by a refusal.
/// </summary>
[ForCitizens]
public sealed record RescheduleAppointment(Guid Id, Guid SlotId) : ICommand, IRepeatable;

internal sealed class RescheduleAppointmentHandler(PortalDbContext db, BookingPlans plans, ICurrentUser user, TimeProvider clock) : IRequestHandler<RescheduleAppointment, Unit>
{
    private static readonly string[] Public = [nameof(SeatPool.Open)];

    public async Task<Unit> Handle(RescheduleAppointment request, CancellationToken ct)
    {
        var own = await db.LockOwnAppointment(request.Id, user, ct);
        var now = clock.GetUtcNow();
        var plan = await plans.Current(db, ct);
        var rules = plan.RulesOn(now.Day());
        if (own.State == AppointmentState.Confirmed && own.SlotId == request.SlotId)
            throw new RefusedException(AppointmentRefusals.SameTime());
        Allow(own, rules, now);
        var slot = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SlotId && s.ServiceGroup == own.ServiceGroup, ct)
            ?? throw new RefusedException(AppointmentRefusals.NoSlot());
        var release = await db.Releases.AsNoTracking().SingleAsync(r => r.Id == slot.ReleaseId, ct);
        Allow(slot, release, rules, now);
        await db.Database.SqlQuery<int>($"""SELECT appointments.expire_holds(NULL, {slot.Id}, {now}, 1000) AS "Value" """).ToListAsync(ct);
        var seat = (await db.Database.SqlQuery<long?>($"""SELECT appointments.take_seat({slot.Id}, {Public}, {now}) AS "Value" """).ToListAsync(ct)).Single()
            ?? throw new RefusedException(AppointmentRefusals.Full());
        await db.MoveSeat(own, seat, ct);
        db.Raise(new SeatGivenBack(own.SeatId), now);
        own.MovedTo(slot, seat, own.QuotaWeek is null ? null : SlotPlan.Monday(slot.Day));
        db.Raise(new AppointmentMoved(own.Id, ByHall: false, now), now);
        return Unit.Value;
    }

    private static void Allow(Appointment own, BookingRules rules, DateTimeOffset now)
    {
        if (own.State != AppointmentState.Confirmed)
            throw new RefusedException(AppointmentRefusals.OverAlready(own.State));
        if (own.StartsAt <= now)
            throw new RefusedException(AppointmentRefusals.StartedAlready());
        if (!own.IsHallsDoing && own.Moves >= rules.MovesPerAppointment)
            throw new RefusedException(AppointmentRefusals.MovedOften(rules.MovesPerAppointment));
    }

    private static void Allow(Slot slot, Release release, BookingRules rules, DateTimeOffset now)
    {
        var refusal = slot.StartsAt <= now ? AppointmentRefusals.Past()
            : slot.StartsAt - rules.Closes <= now ? AppointmentRefusals.TooLate(slot.StartsAt - rules.Closes)
            : slot.WithdrawnAt is not null ? AppointmentRefusals.Closed()
            : release.OpensAt > now ? AppointmentRefusals.NotYet(release.OpensAt)
            : release is { Mode: ReleaseMode.Draw, DecidedAt: null } ? AppointmentRefusals.DrawOnly(release.ClosesAt)
            : release.Mode == ReleaseMode.WaitingRoom && !(release.FreeFrom <= now) ? AppointmentRefusals.RoomFirst()
            : null;
        if (refusal is not null)
            throw new RefusedException(refusal);
    }
}

internal static class SeatMoves
{
    /// <summary>
    /// The seat rows of a move: the old one is emptied for the waiting list, then the new one is taken; an appointment never has two.
    /// </summary>
    public static async Task MoveSeat(this PortalDbContext db, Appointment moving, long seat, CancellationToken ct)
    {
        await db.FreeSeat(moving, SeatPool.Waiting, ct);
        await db.Seats.Where(s => s.Id == seat).ExecuteUpdateAsync(s => s.SetProperty(x => x.AppointmentId, moving.Id), ct);
    }
}
