using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>The window of the clerk who asks, locked, as the page saw it: a second press finds another version and does nothing.</summary>
internal sealed class ClerkDesk(PortalDbContext db, ICurrentUser user, HallJournal journal)
{
    public async Task<HallWindow> Lock(int version, CancellationToken ct)
    {
        var window = await LockAny(ct);
        return window.Version == version ? window : throw new RefusedException(HallRefusals.Stale());
    }

    public async Task<HallWindow> LockAny(CancellationToken ct)
    {
        var staff = user.Id;
        var window = await db.HallWindows.FromSql($"SELECT * FROM hall.windows WHERE staff_id = {staff} FOR UPDATE").SingleOrDefaultAsync(ct);
        return window ?? throw new RefusedException(HallRefusals.NoWindow());
    }

    public async Task<(HallWindow Window, Ticket Ticket)> LockWithTicket(int version, CancellationToken ct)
    {
        var window = await Lock(version, ct);
        return (window, await TicketOf(window, ct) ?? throw new RefusedException(HallRefusals.WindowNotNow(window.State)));
    }

    /// <summary>The ticket at a locked window, locked; null when there is none.</summary>
    public async Task<Ticket?> TicketOf(HallWindow window, CancellationToken ct) => window.TicketId is { } id
        ? await db.Tickets.FromSql($"SELECT * FROM hall.tickets WHERE id = {id} FOR UPDATE").SingleAsync(ct)
        : null;

    /// <summary>Ticket and window go apart; screens of the window's zone hear of it.</summary>
    public void Release(HallWindow window, Ticket ticket, TicketAction action)
    {
        journal.Move(ticket, action, window.Zone);
        journal.Move(window, WindowAction.Release);
    }

    /// <summary>Closes a locked window whatever it does; a ticket at it goes back in line with its due time.</summary>
    public async Task Clear(HallWindow window, CancellationToken ct)
    {
        if (window.State == WindowState.Closed)
            return;
        if (await TicketOf(window, ct) is { } ticket)
            Release(window, ticket, TicketAction.PutBack);
        if (window.State == WindowState.Emergency)
            journal.Move(window, WindowAction.ResetAlarm);
        journal.Move(window, WindowAction.Close);
    }
}
