using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>The clerk's window and its line, or the windows to choose from when none is open. Read fresh.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetMyWindow : IQuery<WindowPanel>;

/// <summary>窗口叫号 as the clerk sees it.</summary>
public sealed record WindowPanel
{
    /// <summary>Null while no window is open.</summary>
    public WindowView? Window { get; init; }

    /// <summary>The ticket at the window.</summary>
    public TicketAtWindow? Ticket { get; init; }

    /// <summary>The next in line, at most eight.</summary>
    public IReadOnlyList<TicketInLine> Next { get; init; } = [];

    /// <summary>All who wait for this window's groups.</summary>
    public int Waiting { get; init; }

    /// <summary>Where tickets can go, and windows that can be opened.</summary>
    public required HallPlan Plan { get; init; }

    /// <summary>Windows that colleagues have open today.</summary>
    public IReadOnlyList<int> Taken { get; init; } = [];

    /// <summary>The moment of this view.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The clerk's window.</summary>
public sealed record WindowView(int Number, string Zone, WindowState State, IReadOnlyList<string> Skills, string? PauseReason, DateTimeOffset Since, int Version)
{
    /// <summary>The alarm has rung long enough; the window only has to be resumed.</summary>
    public bool AlarmIsOver { get; init; }
}

/// <summary>The ticket at a window.</summary>
public sealed record TicketAtWindow(
    string Number, string Group, TicketClass Class, string? UrgentReason, int Calls, DateTimeOffset CheckedInAt, DateTimeOffset FirstCalledAt, DateTimeOffset? ServedAt)
{
    /// <summary>It may be called missed now.</summary>
    public bool MayBeMissed { get; init; }
}

/// <summary>Somebody in line.</summary>
public sealed record TicketInLine(string Number, string Group, TicketClass Class, DateTimeOffset CheckedInAt, DateTimeOffset Due, bool Parked);

internal sealed class GetMyWindowHandler(PortalDbContext db, ICurrentUser user, IMediator mediator, TimeProvider clock) : IRequestHandler<GetMyWindow, WindowPanel>
{
    private const int Shown = 8;

    public async Task<WindowPanel> Handle(GetMyWindow request, CancellationToken ct)
    {
        var (plan, now, staff) = (await mediator.Send(new GetZones(), ct), clock.GetUtcNow(), user.Id);
        var today = now.Day();
        var window = await db.HallWindows.AsNoTracking().SingleOrDefaultAsync(w => w.StaffId == staff && w.OpenedOn == today, ct);
        if (window is null)
        {
            var taken = await db.HallWindows.Where(w => w.State != WindowState.Closed && w.OpenedOn == today).OrderBy(w => w.Number).Select(w => w.Number).ToListAsync(ct);
            return new WindowPanel { Plan = plan, Taken = taken, At = now };
        }

        var line = db.Tickets.AsNoTracking().Where(t => t.Day == today && window.Skills.Contains(t.Group) && (t.State == TicketState.Waiting || t.State == TicketState.Parked));
        return new WindowPanel
        {
            Plan = plan,
            At = now,
            Window = new WindowView(window.Number, window.Zone, window.State, window.Skills, window.PauseReason, window.ChangedAt, window.Version) { AlarmIsOver = window.AlarmIsOver(now) },
            Ticket = window.TicketId is { } id ? await Read(id, plan, now, ct) : null,
            Waiting = await line.CountAsync(ct),
            Next = await line.OrderBy(t => t.Due).ThenBy(t => t.Id).Take(Shown)
                .Select(t => new TicketInLine(t.Number, t.Group, t.Class, t.CheckedInAt, t.Due, t.State == TicketState.Parked)).ToListAsync(ct),
        };
    }

    private async Task<TicketAtWindow?> Read(Guid id, HallPlan plan, DateTimeOffset now, CancellationToken ct)
    {
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (ticket is null)
            return null;
        var enough = ticket.Calls >= plan.Rules.MissedCalls && now >= ticket.FirstCalledAt?.AddMinutes(plan.Rules.MissedMinutes);
        return new TicketAtWindow(ticket.Number, ticket.Group, ticket.Class, ticket.UrgentReason, ticket.Calls, ticket.CheckedInAt, ticket.FirstCalledAt ?? now, ticket.ServedAt) { MayBeMissed = enough };
    }
}
