using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>公平账: who got the places of the last ninety days, how, and what became of those given back. Numbers only, never persons.</summary>
[ForAnyone]
public sealed record GetFairness : IQuery<Fairness>;

/// <summary>The account of the last ninety days.</summary>
public sealed record Fairness(DateOnly From, DateOnly To, IReadOnlyList<GroupFairness> Groups, IReadOnlyList<ChannelFairness> Channels, GivenBack GivenBack);

/// <summary>One group.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Mode">How its places are given out.</param>
/// <param name="Seats">Places of past and coming days of the time.</param>
/// <param name="Applicants">Different persons who tried to book, waited or applied.</param>
/// <param name="Served">Different persons who got one.</param>
/// <param name="Missed">Places nobody came for.</param>
public sealed record GroupFairness(string Title, ReleaseMode Mode, int Seats, int Applicants, int Served, int Missed);

/// <summary>One way to book.</summary>
public sealed record ChannelFairness(BookingChannel Channel, int Asked, int Got);

/// <summary>What became of cancelled places.</summary>
/// <param name="Cancelled">Given back by persons.</param>
/// <param name="Offered">Kept for somebody of the waiting list.</param>
/// <param name="Taken">Taken by him.</param>
/// <param name="ToPublicPage">Went back to first come, first served, counted over the seats: by the rules never.</param>
public sealed record GivenBack(int Cancelled, int Offered, int Taken, int ToPublicPage);

internal sealed record GroupCount(string ServiceGroup, int Seats, int Applicants, int Served, int Missed);

internal sealed record ChannelCount(string Channel, int Asked, int Got);

internal sealed class GetFairnessHandler(PortalDbContext db, BookingPlans plans, TimeProvider clock) : IRequestHandler<GetFairness, Fairness>
{
    private const int Days = 90;

    public async Task<Fairness> Handle(GetFairness request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var (to, from) = (clock.Today(), clock.Today().AddDays(-Days));
        var since = from.At(TimeOnly.MinValue);
        var groups = await db.Database.SqlQuery<GroupCount>($"""
            SELECT g.service_group, g.seats::int, coalesce(b.applicants, 0)::int AS applicants, coalesce(b.served, 0)::int AS served, coalesce(b.missed, 0)::int AS missed
            FROM (SELECT s.service_group, count(*) AS seats FROM appointments.slots s JOIN appointments.seats e ON e.slot_id = s.id WHERE s.day >= {from} GROUP BY 1) g
            LEFT JOIN (SELECT service_group, count(DISTINCT person_key) AS applicants,
                              count(DISTINCT person_key) FILTER (WHERE state IN ('Confirmed', 'CheckedIn', 'Done')) AS served, count(*) FILTER (WHERE state = 'NoShow') AS missed
                       FROM (SELECT service_group, person_key, state FROM appointments.bookings WHERE created_at >= {since}
                             UNION ALL SELECT service_group, person_key, 'Waiting' FROM appointments.waiting WHERE created_at >= {since}) a GROUP BY 1) b USING (service_group)
            ORDER BY 1
            """).ToListAsync(ct);
        var channels = await db.Database.SqlQuery<ChannelCount>($"""
            SELECT channel, count(*)::int AS asked, (count(*) FILTER (WHERE confirmed_at IS NOT NULL))::int AS got
            FROM appointments.bookings WHERE created_at >= {since} GROUP BY channel ORDER BY channel
            """).ToListAsync(ct);
        var cancelled = await db.Appointments.CountAsync(a => a.CreatedAt >= since && a.State == AppointmentState.Cancelled && a.ConfirmedAt != null, ct);
        var toPublic = (await db.Database.SqlQuery<int>($"""
            SELECT count(DISTINCT s.id)::int AS "Value" FROM appointments.bookings b JOIN appointments.seats s ON s.id = b.seat_id
            WHERE b.created_at >= {since} AND b.state = 'Cancelled' AND b.confirmed_at IS NOT NULL AND s.pool = 'Open'
            """).ToListAsync(ct)).Single();
        var waiting = channels.Find(c => c.Channel == nameof(BookingChannel.WaitingList));
        return new Fairness(from, to,
            [.. groups.Select(g => (Plan: plan.Group(g.ServiceGroup), Count: g)).Where(g => g.Plan is not null)
                .Select(g => new GroupFairness(g.Plan!.Title, g.Plan.Mode, g.Count.Seats, g.Count.Applicants, g.Count.Served, g.Count.Missed))],
            [.. channels.Select(c => new ChannelFairness(Enum.Parse<BookingChannel>(c.Channel), c.Asked, c.Got))],
            new GivenBack(cancelled, waiting?.Asked ?? 0, waiting?.Got ?? 0, toPublic));
    }
}
