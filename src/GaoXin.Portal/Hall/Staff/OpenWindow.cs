using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>
/// 开窗: opens a window for some of the groups it is equipped for. Refused: <c>hall.window-taken</c>, <c>hall.other-window</c>,
/// <c>hall.skill-not-there</c>. What was left open on another day is closed first.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record OpenWindow : ICommand
{
    /// <summary>The number on the sign.</summary>
    public int Number { get; init; }

    /// <summary>Codes of groups; all of the window when none is named.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];
}

/// <summary>关窗: the clerk's own window.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record CloseWindow(int Version) : ICommand;

/// <summary>
/// 大厅管理员关窗: a window that a colleague left open. A ticket at it goes back in line with its due time. Refused:
/// <c>hall.not-open</c> when no window with this number is open.
/// </summary>
[ForStaff(Roles.HallManager)]
public sealed record CloseWindowOfColleague(int Number) : ICommand;

internal sealed class OpenWindowHandler(PortalDbContext db, ICurrentUser user, ClerkDesk desk, HallJournal journal, IMediator mediator, TimeProvider clock) : IRequestHandler<OpenWindow, Unit>
{
    public async Task<Unit> Handle(OpenWindow request, CancellationToken ct)
    {
        var plan = await mediator.Send(new GetZones(), ct);
        var (zone, equipped) = plan.Zones.SelectMany(z => z.Windows.Select(w => (Zone: z, Window: w))).FirstOrDefault(w => w.Window.Number == request.Number);
        if (zone is null)
            throw new RefusedException(HallRefusals.UnknownWindow());
        var skills = request.Skills.Count == 0 ? [.. equipped.Skills] : request.Skills.Distinct().ToArray();
        if (skills.Except(equipped.Skills).Any())
            throw new RefusedException(HallRefusals.SkillNotThere());
        await CloseOwn(request.Number, ct);
        var window = await LockOrAdd(request.Number, zone.Code, ct);
        if (window.StaffId == user.Id)
            return Unit.Value;
        if (window.State != WindowState.Closed)
            await CloseLeft(window, request.Number, ct);
        window.Zone = zone.Code;
        journal.Move(window, WindowAction.Open);
        window.Staffed(user.Id, skills, clock.Today());
        return Unit.Value;
    }

    /// <summary>A clerk sits at one window. What was left open yesterday is closed without asking.</summary>
    private async Task CloseOwn(int wanted, CancellationToken ct)
    {
        var staff = user.Id;
        var own = await db.HallWindows.FromSql($"SELECT * FROM hall.windows WHERE staff_id = {staff} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (own is not null && (own.Number != wanted || own.OpenedOn != clock.Today()))
            await CloseLeft(own, own.Number, ct, HallRefusals.OtherWindow(own.Number));
    }

    private async Task CloseLeft(HallWindow window, int number, CancellationToken ct, Refusal? otherwise = null)
    {
        if (window.OpenedOn == clock.Today())
            throw new RefusedException(otherwise ?? HallRefusals.WindowTaken(number));
        await desk.Clear(window, ct);
    }

    private async Task<HallWindow> LockOrAdd(int number, string zone, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO hall.windows (number, zone, state, skills, changed_at, version) VALUES ({number}, {zone}, 'Closed', ARRAY[]::text[], {now}, 0)
            ON CONFLICT (number) DO NOTHING
            """, ct);
        return await db.HallWindows.FromSql($"SELECT * FROM hall.windows WHERE number = {number} FOR UPDATE").SingleAsync(ct);
    }
}

internal sealed class CloseWindowHandler(ClerkDesk desk, HallJournal journal) : IRequestHandler<CloseWindow, Unit>
{
    public async Task<Unit> Handle(CloseWindow request, CancellationToken ct)
    {
        journal.Move(await desk.Lock(request.Version, ct), WindowAction.Close);
        return Unit.Value;
    }
}

internal sealed class CloseWindowOfColleagueHandler(PortalDbContext db, ClerkDesk desk) : IRequestHandler<CloseWindowOfColleague, Unit>
{
    public async Task<Unit> Handle(CloseWindowOfColleague request, CancellationToken ct)
    {
        var number = request.Number;
        var window = await db.HallWindows.FromSql($"SELECT * FROM hall.windows WHERE number = {number} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (window is null or { State: WindowState.Closed })
            throw new RefusedException(HallRefusals.NotOpen(number));
        await desk.Clear(window, ct);
        return Unit.Value;
    }
}
