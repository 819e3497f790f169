using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Staff;

/// <summary>
/// When the desk can book a service: times with a free place of the desk, of those given back for the hall, or a public one;
/// and times of draws that take applications.
/// </summary>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record GetDeskTimes(string Service) : IQuery<DeskTimes>;

/// <summary>What the desk can book.</summary>
public sealed record DeskTimes(BookingSubject Subject, IReadOnlyList<DeskTime> Times);

/// <summary>A time.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="StartsAt">When.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Free">Places the desk may give, of a draw places to win.</param>
/// <param name="DrawRelease">The draw it belongs to, while that takes applications; null when it is booked at once.</param>
public sealed record DeskTime(Guid SlotId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Free, Guid? DrawRelease);

internal sealed class GetDeskTimesHandler(PortalDbContext db, BookingPlans plans, TimeProvider clock) : IRequestHandler<GetDeskTimes, DeskTimes>
{
    private const int Most = 200;

    public async Task<DeskTimes> Handle(GetDeskTimes request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var (group, service) = plan.Find(request.Service) ?? throw new NotFoundException("bookable service");
        var now = clock.GetUtcNow();
        var from = now + plan.RulesOn(now.Day()).Closes;
        var times = await db.Database.SqlQuery<DeskTime>($"""
            SELECT s.id AS slot_id, s.starts_at, s.ends_at, count(e.id)::int AS free, CASE WHEN r.mode = 'Draw' AND r.decided_at IS NULL THEN r.id END AS draw_release
            FROM appointments.slots s
            JOIN appointments.releases r ON r.id = s.release_id
            JOIN appointments.seats e ON e.slot_id = s.id AND e.release_at <= {now}
            LEFT JOIN appointments.bookings b ON b.id = e.appointment_id AND b.state = 'Held'
            WHERE s.service_group = {group.Code} AND s.starts_at > {from} AND s.withdrawn_at IS NULL AND r.opens_at <= {now}
              AND CASE WHEN r.mode = 'Draw' AND r.decided_at IS NULL THEN r.closes_at > {now} AND e.pool IN ('Draw', 'Desk')
                       ELSE e.pool IN ('Desk', 'SameDay', 'Open') AND (e.appointment_id IS NULL OR b.hold_until <= {now}) END
            GROUP BY s.id, r.id ORDER BY s.starts_at LIMIT {Most}
            """).ToListAsync(ct);
        return new DeskTimes(
            new BookingSubject(service.Code, service.Title, service.Hint, group.Code, group.Zone, group.Place, group.NeedsPropertyUnit && !service.NeedsCase, group.Mode, service.Bring) { NeedsCase = service.NeedsCase },
            times);
    }
}
