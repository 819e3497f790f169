using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>
/// 叫下一位: the earliest due ticket of the window's groups; null when nobody waits. Pressed twice it answers the ticket that the
/// first press called.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record CallNext(int Version) : ICommand<CalledTicket?>;

/// <summary>A ticket at a window.</summary>
public sealed record CalledTicket(Guid Id, string Number);

internal sealed class CallNextHandler(PortalDbContext db, ICurrentUser user, ClerkDesk desk, HallState hall, TimeProvider clock) : IRequestHandler<CallNext, CalledTicket?>
{
    public async Task<CalledTicket?> Handle(CallNext request, CancellationToken ct)
    {
        if (await Call(request.Version, ct) is { } called)
        {
            hall.Forget();
            return called;
        }

        var window = await desk.LockAny(ct);
        if (window.TicketId is not null && window.State == WindowState.Calling)
            return new CalledTicket(window.TicketId.Value, (await desk.TicketOf(window, ct))!.Number);
        if (window.Version != request.Version)
            throw new RefusedException(HallRefusals.Stale());
        if (!WindowTransitions.Allows(window.State, WindowAction.Call))
            throw new RefusedException(HallRefusals.WindowNotNow(window.State));
        return null;
    }

    /// <summary>
    /// One round trip: window by state and version, ticket by due time past those that others hold, both moves and both events.
    /// The pairs of states are those of the two tables.
    /// </summary>
    private async Task<CalledTicket?> Call(int version, CancellationToken ct)
    {
        var (staff, now) = (user.Id, clock.GetUtcNow());
        var today = now.Day();
        var called = await db.Database.SqlQuery<CalledTicket>($"""
            WITH desk AS (
                SELECT number, zone, skills, state FROM hall.windows
                WHERE staff_id = {staff} AND version = {version} AND state IN ('Open', 'WrapUp') AND opened_on = {today} FOR UPDATE),
            next AS (
                SELECT t.id, t.state AS was, d.number AS window_number, d.zone AS desk_zone, d.state AS desk_was FROM hall.tickets t, desk d
                WHERE t.day = {today} AND t.group_code = ANY (d.skills)
                  AND t.state IN ('Waiting', 'Parked') AND (t.state = 'Waiting' OR t.parked_until <= {now})
                ORDER BY t.due, t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED),
            taken AS (
                UPDATE hall.tickets t SET state = 'Called', window_number = n.window_number, calls = 1, first_called_at = {now}, last_called_at = {now},
                    reached_at = coalesce(t.reached_at, {now}), parked_until = NULL, version = t.version + 1
                FROM next n WHERE t.id = n.id
                RETURNING t.id, t.number, t.group_code, t.version, n.was, n.window_number, n.desk_zone, n.desk_was),
            moved AS (
                UPDATE hall.windows w SET state = 'Calling', ticket_id = k.id, changed_at = {now}, version = w.version + 1
                FROM taken k WHERE w.number = k.window_number RETURNING w.number, w.version, k.desk_zone, k.desk_was),
            told AS (
                INSERT INTO hall.events (at, day, zone, ticket_id, number, group_code, window_number, action, from_state, to_state, version, actor_id)
                SELECT {now}, {today}, desk_zone, id, number, group_code, window_number, 'Call', was, 'Called', version, {staff} FROM taken
                UNION ALL
                SELECT {now}, {today}, desk_zone, NULL, NULL, NULL, number, 'Call', desk_was, 'Calling', version, {staff} FROM moved)
            SELECT id, number FROM taken
            """).ToListAsync(ct);
        return called.SingleOrDefault();
    }
}
