using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Staff;

/// <summary>
/// Closes a zone for a time (停办): its slots are withdrawn, the appointments move to the nearest free time before anybody else
/// gets it, and the people are told; nothing is held against them. Confirms a preview. The answer is the number of appointments affected.
/// </summary>
[ForStaff(Roles.HallManager)]
public sealed record CloseZone : ICommand<int>, IRepeatable
{
    /// <summary>The zone's code.</summary>
    public string Zone { get; init; } = "";

    /// <summary>The day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>From this time; the whole day when left out.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>Until this time.</summary>
    public TimeOnly? To { get; init; }

    /// <summary>The reason, as the people read it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>From the preview: what it showed is what happens, or nothing does (<c>appointment.preview-again</c>).</summary>
    public string Token { get; init; } = "";

    internal DateTimeOffset Starts => Day!.Value.At(From ?? TimeOnly.MinValue);

    internal DateTimeOffset Ends => To is { } to ? Day!.Value.At(to) : Day!.Value.EndOfDay();
}

/// <summary>Opens a closed zone again; its slots come back, moved appointments stay where they are.</summary>
[ForStaff(Roles.HallManager)]
public sealed record ReopenZone(Guid ClosureId) : ICommand;

/// <summary>Whom a closure would affect, before it is made.</summary>
[ForStaff(Roles.HallManager)]
public sealed record PreviewClosure(CloseZone Closure) : IQuery<HallChangePreview?>;

internal sealed class CloseZoneValidator : AbstractValidator<CloseZone>
{
    public CloseZoneValidator(TimeProvider clock)
    {
        RuleFor(r => r.Zone).NotEmpty().WithMessage("请选哪个区。");
        RuleFor(r => r.Day).Must(d => d >= clock.Today()).WithMessage("请选今天或以后的日子。");
        RuleFor(r => r.To).Must((r, to) => to is null || r.From is null || to > r.From).WithMessage("结束要晚于开始，比如 09:00 到 12:00。");
        RuleFor(r => r.Reason).Cascade(CascadeMode.Stop).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("请写原因，比如停电检修。").MaximumLength(200).WithMessage("原因最多 200 字。");
    }
}

internal sealed class CloseZoneHandler(PortalDbContext db, MovedByHall moved, WithdrawalPreview preview, IMediator mediator, ICurrentUser user, TimeProvider clock) : IRequestHandler<CloseZone, int>
{
    public async Task<int> Handle(CloseZone request, CancellationToken ct)
    {
        if ((await mediator.Send(new GetZones(), ct)).Zones.All(z => z.Code != request.Zone))
            throw new NotFoundException("zone");
        await db.LockPlan(ct);
        var change = await db.ChangeOf(request, clock.GetUtcNow(), ct);
        var affected = await preview.MustBeSeen(change, request.Token, ct);
        var reason = request.Reason.Trim();
        db.Add(new Closure { Zone = request.Zone, From = request.Starts, To = request.Ends, Reason = reason, ClosedBy = user.Id, ClosedAt = clock.GetUtcNow() });
        await moved.Withdraw(change.Withdrawn, reason, ct);
        return affected;
    }
}

internal sealed class PreviewClosureHandler(PortalDbContext db, WithdrawalPreview preview, TimeProvider clock) : IRequestHandler<PreviewClosure, HallChangePreview?>
{
    public async Task<HallChangePreview?> Handle(PreviewClosure request, CancellationToken ct) => request.Closure is { Day: not null, Zone.Length: > 0 } closure
        ? await preview.Of(await db.ChangeOf(closure, clock.GetUtcNow(), ct), ct) : null;
}

internal static class ClosureChanges
{
    public static async Task<HallChange> ChangeOf(this PortalDbContext db, CloseZone closure, DateTimeOffset now, CancellationToken ct)
    {
        var (zone, from, to) = (closure.Zone, closure.Starts, closure.Ends);
        var slots = await db.Slots.Where(s => s.Zone == zone && s.StartsAt < to && s.EndsAt > from && s.StartsAt > now && s.WithdrawnAt == null).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(ct);
        return new HallChange($"{zone} {from:O} {to:O} {closure.Reason.Trim()}", slots, []);
    }
}

internal sealed class ReopenZoneHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<ReopenZone, Unit>
{
    public async Task<Unit> Handle(ReopenZone request, CancellationToken ct)
    {
        var closure = await db.Closures.SingleOrDefaultAsync(c => c.Id == request.ClosureId, ct).OrNotFound("closure");
        closure.ReopenedAt ??= clock.GetUtcNow();
        var (now, zone, from, to) = (clock.GetUtcNow(), closure.Zone, closure.From, closure.To);
        // Slots that another closure covers, or the plan no longer has, are withdrawn again by the next run over the plan.
        await db.Slots.Where(s => s.Zone == zone && s.StartsAt < to && s.EndsAt > from && s.StartsAt > now)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.WithdrawnAt, (DateTimeOffset?)null), ct);
        return Unit.Value;
    }
}
