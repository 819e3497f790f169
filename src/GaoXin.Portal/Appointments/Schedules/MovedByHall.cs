using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>
/// Withdraws slots. Their appointments move to the nearest time with a free seat, before anybody else gets it, and the people are
/// told; for whom there is none, the appointment ends. Nothing is held against them.
/// </summary>
internal sealed class MovedByHall(PortalDbContext db, TimeProvider clock)
{
    private static readonly string[] All = [nameof(SeatPool.Open), nameof(SeatPool.Desk), nameof(SeatPool.Waiting), nameof(SeatPool.SameDay)];

    /// <summary>Locks slots against whoever takes a place in them: taking one shares this lock, so that none comes in behind.</summary>
    public Task Lock(IReadOnlyCollection<Guid> slots, CancellationToken ct)
    {
        var ids = slots.ToArray();
        return db.Database.ExecuteSqlAsync($"SELECT 1 FROM appointments.slots WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE", ct);
    }

    /// <summary>Withdraws the slots and moves or ends what was booked in them.</summary>
    public async Task Withdraw(IReadOnlyCollection<Guid> slots, string reason, CancellationToken ct)
    {
        await Lock(slots, ct);
        var (now, ids) = (clock.GetUtcNow(), slots.ToArray());
        // What is tracked must say the same as the rows, or a later save would bring the slots back.
        foreach (var slot in await db.Slots.Where(s => ids.Contains(s.Id)).ToListAsync(ct))
            slot.WithdrawnAt = now;
        await db.SaveChangesAsync(ct);
        var affected = await db.Appointments.FromSql($"""
            SELECT * FROM appointments.bookings WHERE slot_id = ANY ({ids}) AND state IN ('Held', 'Confirmed') ORDER BY starts_at, id FOR UPDATE
            """).ToListAsync(ct);
        foreach (var appointment in affected)
            await Move(appointment, reason, now, ct);
    }

    private async Task Move(Appointment moving, string reason, DateTimeOffset now, CancellationToken ct)
    {
        if (moving.State == AppointmentState.Confirmed && await Nearest(moving, now, ct) is { } place)
        {
            await db.MoveSeat(moving, place.Seat, ct);
            moving.MovedByHall(place.Slot, place.Seat, moving.QuotaWeek is null ? null : SlotPlan.Monday(place.Slot.Day), reason);
            db.Raise(new AppointmentMoved(moving.Id, ByHall: true, now), now);
            return;
        }

        var wasConfirmed = moving.State == AppointmentState.Confirmed;
        moving.CancelByHall(now, reason);
        await db.FreeSeat(moving, SeatPool.Waiting, ct);
        if (wasConfirmed)
            db.Raise(new AppointmentDropped(moving.Id), now);
    }

    private async Task<(Slot Slot, long Seat)?> Nearest(Appointment moving, DateTimeOffset now, CancellationToken ct)
    {
        var candidates = await db.Slots.FromSql($"""
            SELECT s.* FROM appointments.slots s
            WHERE s.service_group = {moving.ServiceGroup} AND s.starts_at > {now} AND s.withdrawn_at IS NULL
              AND EXISTS (SELECT 1 FROM appointments.seats e WHERE e.slot_id = s.id AND e.appointment_id IS NULL AND e.pool = ANY ({All}))
            ORDER BY abs(extract(epoch FROM s.starts_at - {moving.StartsAt})), s.starts_at LIMIT 5
            """).AsNoTracking().ToListAsync(ct);
        foreach (var slot in candidates)
        {
            // The hall may give out what has not been released yet.
            var released = now.AddYears(1);
            var seat = (await db.Database.SqlQuery<long?>($"""SELECT appointments.take_seat({slot.Id}, {All}, {released}) AS "Value" """).ToListAsync(ct)).Single();
            if (seat is { } taken)
                return (slot, taken);
        }

        return null;
    }
}
