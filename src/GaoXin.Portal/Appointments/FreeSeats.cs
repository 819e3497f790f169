using System.Collections.Concurrent;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Appointments;

/// <summary>A slot with its free public seats, as the database has it.</summary>
internal sealed record SlotRow(
    Guid Id, DateOnly Day, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Session, string Mode, Guid ReleaseId, DateTimeOffset OpensAt, DateTimeOffset? ClosesAt,
    DateTimeOffset? DecidedAt, DateTimeOffset? FreeFrom, int Seats, int Free);

/// <summary>
/// How many seats of a group anybody may take now, read at most once a second whoever asks: under a rush the pages would be the
/// real load. A page that is a second old is refused by the database, not by the count.
/// </summary>
internal sealed class FreeSeats(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (Lazy<Task<IReadOnlyList<SlotRow>>> Rows, DateTimeOffset Until)> _groups = new();

    public async Task<IReadOnlyList<SlotRow>> Of(string group)
    {
        var now = clock.GetUtcNow();
        var kept = _groups.AddOrUpdate(group, g => Read(g, now), (g, old) => now < old.Until && !old.Rows.Value.IsFaulted ? old : Read(g, now));
        return await kept.Rows.Value;
    }

    private (Lazy<Task<IReadOnlyList<SlotRow>>>, DateTimeOffset) Read(string group, DateTimeOffset now) =>
        (new Lazy<Task<IReadOnlyList<SlotRow>>>(() => Load(group, now)), now + Lifetime);

    /// <summary>A hold that is over counts as free: taking a place ends it. What was given back is in another pool and never counts.</summary>
    private async Task<IReadOnlyList<SlotRow>> Load(string group, DateTimeOffset now)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var today = now.Day();
        return await db.Database.SqlQuery<SlotRow>($"""
            SELECT s.id, s.day, s.starts_at, s.ends_at, s.session, r.mode, r.id AS release_id, r.opens_at, r.closes_at, r.decided_at, r.free_from,
                count(e.id)::int AS seats,
                (count(e.id) FILTER (WHERE e.release_at <= {now} AND (e.appointment_id IS NULL OR b.hold_until <= {now})))::int AS free
            FROM appointments.slots s
            JOIN appointments.releases r ON r.id = s.release_id
            LEFT JOIN appointments.seats e ON e.slot_id = s.id AND e.pool = CASE WHEN r.mode = 'Draw' AND r.decided_at IS NULL THEN 'Draw' ELSE 'Open' END
            LEFT JOIN appointments.bookings b ON b.id = e.appointment_id AND b.state = 'Held'
            WHERE s.service_group = {group} AND s.day >= {today} AND s.withdrawn_at IS NULL
            GROUP BY s.id, r.id ORDER BY s.starts_at
            """).ToListAsync(CancellationToken.None);
    }
}
