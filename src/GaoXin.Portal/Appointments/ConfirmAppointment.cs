using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>Makes a kept place an appointment, while it is kept; once more is the same. Refused: <c>appointment.hold-over</c>, <c>appointment.over</c>.</summary>
[ForCitizens]
public sealed record ConfirmAppointment(Guid Id) : ICommand, IRepeatable;

/// <summary>Keeps the place for the same time again (再要 5 分钟), once. Refused: <c>appointment.extended</c>, <c>appointment.hold-over</c>.</summary>
[ForCitizens]
public sealed record ExtendHold(Guid Id) : ICommand;

/// <summary>Gives a kept place back before it is confirmed (重新选时间). It counts as a hold that expired.</summary>
[ForCitizens]
public sealed record ReleaseHold(Guid Id) : ICommand;

internal sealed class ConfirmAppointmentHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ConfirmAppointment, Unit>
{
    public async Task<Unit> Handle(ConfirmAppointment request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var confirmed = await db.Database.SqlQuery<string>($"""
            UPDATE appointments.bookings SET state = 'Confirmed', confirmed_at = {now}, hold_until = NULL
            WHERE id = {request.Id} AND booked_by = {user.Id} AND state = 'Held' AND hold_until > {now}
            RETURNING channel AS "Value"
            """).ToListAsync(ct);
        if (confirmed.Count == 0)
            return await AlreadyOrOver(request.Id, ct);
        if (confirmed[0] == nameof(BookingChannel.WaitingList))
        {
            await db.WaitingEntries.Where(w => w.AppointmentId == request.Id && w.State == WaitingState.Offered)
                .ExecuteUpdateAsync(w => w.SetProperty(x => x.State, WaitingState.Taken).SetProperty(x => x.EndedAt, now), ct);
        }

        db.Raise(new AppointmentConfirmed(request.Id), now);
        return Unit.Value;
    }

    private async Task<Unit> AlreadyOrOver(Guid id, CancellationToken ct)
    {
        var state = await db.Appointments.Where(a => a.Id == id && a.BookedBy == user.Id).Select(a => (AppointmentState?)a.State).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("appointment");
        return state switch
        {
            AppointmentState.Confirmed or AppointmentState.CheckedIn or AppointmentState.Done => Unit.Value,
            AppointmentState.Held or AppointmentState.Expired => throw new RefusedException(AppointmentRefusals.HoldOver()),
            _ => throw new RefusedException(AppointmentRefusals.OverAlready(state)),
        };
    }
}

internal sealed class ExtendHoldHandler(PortalDbContext db, BookingPlans plans, ICurrentUser user, TimeProvider clock) : IRequestHandler<ExtendHold, Unit>
{
    public async Task<Unit> Handle(ExtendHold request, CancellationToken ct)
    {
        var own = await db.LockOwnAppointment(request.Id, user, ct);
        own.Extend((await plans.Current(db, ct)).RulesOn(clock.Today()).Extension, clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class ReleaseHoldHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReleaseHold, Unit>
{
    public async Task<Unit> Handle(ReleaseHold request, CancellationToken ct)
    {
        var own = await db.LockOwnAppointment(request.Id, user, ct);
        if (own.State != AppointmentState.Held)
            throw new RefusedException(AppointmentRefusals.OverAlready(own.State));
        var now = clock.GetUtcNow();
        await db.Appointments.Where(a => a.Id == own.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.HoldUntil, now), ct);
        await db.Database.SqlQuery<int>($"""SELECT appointments.expire_holds({own.Id}, NULL, {now}, 1) AS "Value" """).ToListAsync(ct);
        return Unit.Value;
    }
}
