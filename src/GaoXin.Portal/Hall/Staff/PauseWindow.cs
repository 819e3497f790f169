using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Hall.Staff;

/// <summary>暂停, with a reason.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record PauseWindow : ICommand
{
    /// <summary>The window as the page saw it.</summary>
    public int Version { get; init; }

    /// <summary>For example 喝水.</summary>
    public string? Reason { get; init; }
}

/// <summary>恢复: after a pause, after wrapping up, or after an alarm.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record ResumeWindow(int Version) : ICommand;

/// <summary>
/// 求助: somebody is in danger at this window. Works whatever the page saw; the ticket at the window goes back in line with its
/// due time, the screen of the zone and the manager's board ring, and after ten minutes the alarm resets itself.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record RaiseAlarm : ICommand;

/// <summary>解除求助, by the hall's manager.</summary>
[ForStaff(Roles.HallManager)]
public sealed record ResetAlarm(int Number) : ICommand;

internal sealed class PauseWindowValidator : AbstractValidator<PauseWindow>
{
    public PauseWindowValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("请选暂停的原因").MaximumLength(60).WithMessage("原因最多 60 个字");
}

internal sealed class PauseWindowHandler(ClerkDesk desk, HallJournal journal) : IRequestHandler<PauseWindow, Unit>
{
    public async Task<Unit> Handle(PauseWindow request, CancellationToken ct)
    {
        var window = await desk.Lock(request.Version, ct);
        journal.Move(window, WindowAction.Pause);
        window.PausedFor(request.Reason!.Trim());
        return Unit.Value;
    }
}

internal sealed class ResumeWindowHandler(ClerkDesk desk, HallJournal journal) : IRequestHandler<ResumeWindow, Unit>
{
    public async Task<Unit> Handle(ResumeWindow request, CancellationToken ct)
    {
        var window = await desk.Lock(request.Version, ct);
        journal.Move(window, window.State == WindowState.Emergency ? WindowAction.ResetAlarm : WindowAction.Resume);
        return Unit.Value;
    }
}

internal sealed class RaiseAlarmHandler(ClerkDesk desk, HallJournal journal) : IRequestHandler<RaiseAlarm, Unit>
{
    public async Task<Unit> Handle(RaiseAlarm request, CancellationToken ct)
    {
        var window = await desk.LockAny(ct);
        if (window.State == WindowState.Emergency)
            return Unit.Value;
        if (await desk.TicketOf(window, ct) is { } ticket)
            journal.Move(ticket, TicketAction.PutBack, window.Zone);
        journal.Move(window, WindowAction.RaiseAlarm);
        return Unit.Value;
    }
}

internal sealed class ResetAlarmHandler(PortalDbContext db, HallJournal journal) : IRequestHandler<ResetAlarm, Unit>
{
    public async Task<Unit> Handle(ResetAlarm request, CancellationToken ct)
    {
        var number = request.Number;
        var window = await db.HallWindows.FromSql($"SELECT * FROM hall.windows WHERE number = {number} FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("window");
        if (window.State == WindowState.Emergency)
            journal.Move(window, WindowAction.ResetAlarm);
        return Unit.Value;
    }
}
