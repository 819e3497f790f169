using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>Ends what is over: holds, appointments nobody came to, and reminds of tomorrow's. Repeatable; a batch at a time.</summary>
[ForSystem]
public sealed record EndOverdueAppointments : ICommand<int>;

internal sealed class EndOverdueAppointmentsHandler(PortalDbContext db, BookingPlans plans, TimeProvider clock) : IRequestHandler<EndOverdueAppointments, int>
{
    private const int Batch = 500;

    public async Task<int> Handle(EndOverdueAppointments request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rules = (await plans.Current(db, ct)).RulesOn(now.Day());
        var expired = (await db.Database.SqlQuery<int>($"""SELECT appointments.expire_holds(NULL, NULL, {now}, {Batch}) AS "Value" """).ToListAsync(ct)).Single();
        return expired + await Miss(rules, now, ct) + await Remind(now, ct);
    }

    private async Task<int> Miss(BookingRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var end = now.AddMinutes(-rules.GraceMinutes);
        var missed = await db.Appointments.FromSql($"""
            SELECT * FROM appointments.bookings WHERE state = 'Confirmed' AND ends_at <= {end} ORDER BY starts_at, id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var appointment in missed)
        {
            appointment.Missed(now);
            await Pause(appointment, rules, now, ct);
            db.Raise(new AppointmentMissed(appointment.Id), now);
        }

        return missed.Count;
    }

    private async Task Pause(Appointment missed, BookingRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-rules.NoShowWindowDays);
        var before = await db.Appointments.CountAsync(a => a.PersonKey == missed.PersonKey && !a.ForAnother && a.State == AppointmentState.NoShow && a.EndedAt > since && a.Id != missed.Id && a.HallMovedFrom == null, ct);
        if (Penalties.ForMissing(rules, Penalties.Spares(missed), before) is { } cost)
            db.Add(Cooldown.After(missed, cost, now));
    }

    private async Task<int> Remind(DateTimeOffset now, CancellationToken ct)
    {
        var until = now.Day().AddDays(1).EndOfDay();
        var coming = await db.Appointments.FromSql($"""
            SELECT * FROM appointments.bookings WHERE state = 'Confirmed' AND starts_at > {now} AND starts_at < {until} AND reminded_at IS NULL
            ORDER BY starts_at, id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var appointment in coming)
        {
            appointment.RemindedAt = now;
            // Who booked within the last day knows.
            if (appointment.ConfirmedAt < now.AddHours(-24))
                db.Raise(new AppointmentTomorrow(appointment.Id), now);
        }

        return coming.Count;
    }
}

/// <summary>Every few minutes: slots of the coming days, ends, and what was given back.</summary>
internal sealed class TidyAppointments(IMediator mediator) : IPeriodicTask
{
    public async Task<int> Run(CancellationToken ct)
    {
        var done = await mediator.Send(new OpenSlots(), ct);
        done += await mediator.Send(new EndOverdueAppointments(), ct);
        done += await mediator.Send(new CloseDraws(), ct);
        done += await mediator.Send(new EndUnbookedAdmissions(), ct);
        return done + await mediator.Send(new OfferGivenBackSeats(), ct);
    }
}
