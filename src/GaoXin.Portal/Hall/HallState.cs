using System.Collections.Concurrent;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Hall.Forecasts;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Hall;

/// <summary>A ticket that somebody still waits with or is served with.</summary>
internal sealed record LiveTicket(
    Guid Id, string Number, string Zone, string Group, TicketClass Class, TicketState State, int? Window, DateTimeOffset Due, DateTimeOffset CheckedInAt,
    DateTimeOffset? FirstCalledAt, DateTimeOffset? ParkedUntil)
{
    public bool IsInLineAt(DateTimeOffset now) => State == TicketState.Waiting || (State == TicketState.Parked && ParkedUntil <= now);
}

/// <summary>A window that is not closed.</summary>
internal sealed record LiveWindow(int Number, string Zone, WindowState State, string[] Skills, DateTimeOffset ChangedAt, Guid? TicketId)
{
    public bool IsAtWork => State is WindowState.Open or WindowState.Calling or WindowState.Serving or WindowState.WrapUp;

    public bool RingsAt(DateTimeOffset now) => State == WindowState.Emergency && now < ChangedAt + HallWindow.AlarmLasts;
}

/// <summary>A call as screens announce it.</summary>
internal sealed record LiveCall(long Id, DateTimeOffset At, string Zone, string Number, string Group, int Window);

/// <summary>The hall at one moment.</summary>
internal sealed record HallMoment(
    DateTimeOffset At, HallPlan Plan, IReadOnlyList<LiveTicket> Tickets, IReadOnlyList<LiveWindow> Windows, IReadOnlyList<LiveCall> Calls, LineHabits Habits)
{
    private const int Seed = 20231215;

    /// <summary>Which zones are open, by their codes.</summary>
    public required IReadOnlyDictionary<string, ZoneOpening> Openings { get; init; }

    private readonly ConcurrentDictionary<string, WaitRange?> _walkIns = new();

    public int WaitingIn(string group) => Tickets.Count(t => t.Group == group && t.IsInLineAt(At));

    /// <summary>The waiting time of somebody who stands, or would stand, in line for a group with this due time.</summary>
    public (WaitRange Range, double Simple)? Forecast(string group, DateTimeOffset due, Guid? except = null)
    {
        var me = new InLine(group, (due - At).TotalMinutes);
        var line = ToLine(except);
        return WaitForecast.For(line, me, Seed) is { } range ? (range, WaitForecast.Simple(line, me)) : null;
    }

    /// <summary>The waiting time of somebody who takes a ticket now; worked out once a moment.</summary>
    public WaitRange? ForWalkIn(string group) => _walkIns.GetOrAdd(group, g => Forecast(g, At.AddMinutes(Plan.Rules.WalkIn))?.Range);

    private Line ToLine(Guid? except)
    {
        var busy = Tickets.Where(t => t.Window is not null).ToDictionary(t => t.Id);
        return new Line
        {
            Desks = [.. Windows.Where(w => w.IsAtWork).Select(w => ToDesk(w, busy)), .. Windows.Where(w => w.State == WindowState.Paused).Select(w => new OpenDesk(w.Skills, null, 0) { Paused = true })],
            Waiting = [.. Tickets.Where(t => t.IsInLineAt(At) && t.Id != except).OrderBy(t => t.Due).ThenBy(t => t.Id).Select(t => new InLine(t.Group, (t.Due - At).TotalMinutes))],
            Times = Habits.Times,
            Coming = Habits.Coming,
            PauseChance = Habits.PauseChance,
            PauseMinutes = Habits.PauseMinutes,
        };
    }

    private OpenDesk ToDesk(LiveWindow window, Dictionary<Guid, LiveTicket> busy) =>
        window.TicketId is { } id && busy.TryGetValue(id, out var ticket)
            ? new OpenDesk(window.Skills, ticket.Group, (At - (ticket.FirstCalledAt ?? At)).TotalMinutes)
            : new OpenDesk(window.Skills, null, 0);
}

/// <summary>
/// What screens, boards and public pages show, read at most once a second and instance. Nothing is decided by it: calls and
/// check-ins ask the tables.
/// </summary>
internal sealed class HallState(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private const int CallsKept = 120;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HabitsLifetime = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile HallMoment? _moment;
    private volatile LineHabits? _habits;
    private int _forgotten;

    /// <summary>Something moved here, or another instance said so. What is being read just now is not kept either.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _moment = null;
    }

    /// <summary>For tests of habits and after a day has ended.</summary>
    public void ForgetHabits() => _habits = null;

    public async Task<HallMoment> Now(CancellationToken ct)
    {
        if (IsFresh(_moment) is { } fresh)
            return fresh;
        await _one.WaitAsync(ct);
        try
        {
            return IsFresh(_moment) ?? await ReadAndKeep(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private HallMoment? IsFresh(HallMoment? moment) => moment is not null && clock.GetUtcNow() - moment.At < Lifetime ? moment : null;

    private async Task<HallMoment> ReadAndKeep(CancellationToken ct)
    {
        var before = Volatile.Read(ref _forgotten);
        var read = await Read(ct);
        _moment = read;
        if (before != Volatile.Read(ref _forgotten))
            _moment = null;
        return read;
    }

    private async Task<HallMoment> Read(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.ActAs(SystemUser.Instance);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var plan = await mediator.Send(new GetZones(), ct);
        var now = clock.GetUtcNow();
        var today = now.Day();
        var tickets = await db.Tickets.AsNoTracking()
            .Where(t => t.Day == today && (t.State == TicketState.Waiting || t.State == TicketState.Called || t.State == TicketState.Serving || t.State == TicketState.Parked))
            .OrderBy(t => t.Due).ThenBy(t => t.Id)
            .Select(t => new LiveTicket(t.Id, t.Number, t.Zone, t.Group, t.Class, t.State, t.Window, t.Due, t.CheckedInAt, t.FirstCalledAt, t.ParkedUntil))
            .ToListAsync(ct);
        var windows = await db.HallWindows.AsNoTracking().Where(w => w.State != WindowState.Closed && w.OpenedOn == today).OrderBy(w => w.Number)
            .Select(w => new LiveWindow(w.Number, w.Zone, w.State, w.Skills, w.ChangedAt, w.TicketId)).ToListAsync(ct);
        var calls = await db.HallEvents.AsNoTracking()
            .Where(e => e.Day == today && (e.Action == "Call" || e.Action == "Recall") && e.TicketId != null)
            .OrderByDescending(e => e.Id).Take(CallsKept)
            .Select(e => new LiveCall(e.Id, e.At, e.Zone, e.Number!, e.Group!, e.Window!.Value)).ToListAsync(ct);
        if (_habits is null || now - _habits.At >= HabitsLifetime || _habits.At > now)
            _habits = await LineHabits.Read(db, plan, now, ct);
        return new HallMoment(now, plan, tickets, windows, calls, _habits) { Openings = await mediator.Send(new GetZoneOpenings(), ct) };
    }
}
