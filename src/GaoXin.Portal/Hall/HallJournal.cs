using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Hall;

/// <summary>
/// The one door through which tickets and windows move: asks the state table and appends the event. What moves must be
/// locked or new; the version is checked again when it is saved.
/// </summary>
internal sealed class HallJournal(PortalDbContext db, ICurrentUser user, HallState state, TimeProvider clock)
{
    public void Move(Ticket ticket, TicketAction action, string? zone = null)
    {
        var (from, window, now) = (ticket.State, ticket.Window, clock.GetUtcNow());
        ticket.Move(action, now);
        db.Add(new HallEvent
        {
            At = now,
            Day = ticket.Day,
            Zone = zone ?? ticket.Zone,
            TicketId = ticket.Id,
            Number = ticket.Number,
            Group = ticket.Group,
            Window = window,
            Action = action.ToString(),
            From = from.ToString(),
            To = ticket.State.ToString(),
            Version = ticket.Version,
            ActorId = user.Id,
        });
        state.Forget();
    }

    public void Move(HallWindow window, WindowAction action)
    {
        var (from, now) = (window.State, clock.GetUtcNow());
        window.Move(action, now);
        db.Add(new HallEvent
        {
            At = now,
            Day = now.Day(),
            Zone = window.Zone,
            Window = window.Number,
            Action = action.ToString(),
            From = from.ToString(),
            To = window.State.ToString(),
            Version = window.Version,
            ActorId = user.Id,
        });
        state.Forget();
    }
}
