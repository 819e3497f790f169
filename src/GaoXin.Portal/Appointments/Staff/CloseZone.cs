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
/// gets it, and the people are told; nothing is held against them. The answer is the number of appointments affected.
/// </summary>
[ForStaff(Roles.HallManager)]
public sealed record CloseZone : ICommand<int>
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

    internal DateTimeOffset Starts => Day!.Value.At(From ?? TimeOnly.MinValue);

    internal DateTimeOffset Ends => To is { } to ? Day!.Value.At(to) : Day!.Value.EndOfDay();
}

/// <summary>Opens a closed zone again; its slots come back, moved appointments stay where they are.</summary>
[ForStaff(Roles.HallManager)]
public sealed record ReopenZone(Guid ClosureId) : ICommand;

/// <summary>Whom a closure would affect, before it is made.</summary>
[ForStaff(Roles.HallManager)]
public sealed record PreviewClosure(CloseZone Closure) : IQuery<ClosurePreview>;

/// <summary>What a closure would do.</summary>
/// <param name="Slots">Times that would be withdrawn.</param>
/// <param name="Appointments">Appointments that would move.</param>
/// <param name="FreeNear">Free places of the same groups in the seven days around.</param>
/// <param name="Affected">The first fifty, in their order.</param>
public sealed record ClosurePreview(int Slots, int Appointments, int FreeNear, IReadOnlyList<AffectedAppointment> Affected);

/// <summary>An appointment that would move.</summary>
public sealed record AffectedAppointment(string Number, string Service, DateTimeOffset StartsAt, string MaskedName);

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

internal sealed class CloseZoneHandler(PortalDbContext db, MovedByHall moved, IMediator mediator, ICurrentUser user, TimeProvider clock) : IRequestHandler<CloseZone, int>
{
    public async Task<int> Handle(CloseZone request, CancellationToken ct)
    {
        if ((await mediator.Send(new GetZones(), ct)).Zones.All(z => z.Code != request.Zone))
            throw new NotFoundException("zone");
        var (from, to, now) = (request.Starts, request.Ends, clock.GetUtcNow());
        db.Add(new Closure { Zone = request.Zone, From = from, To = to, Reason = request.Reason.Trim(), ClosedBy = user.Id, ClosedAt = now });
        var slots = await db.Slots.FromSql($"""
            SELECT * FROM appointments.slots WHERE zone = {request.Zone} AND starts_at < {to} AND ends_at > {from} AND starts_at > {now} AND withdrawn_at IS NULL ORDER BY id FOR UPDATE
            """).ToListAsync(ct);
        foreach (var slot in slots)
            slot.WithdrawnAt = now;
        var ids = slots.Select(s => s.Id).ToList();
        var affected = await db.Appointments.CountAsync(a => ids.Contains(a.SlotId) && a.State == AppointmentState.Confirmed, ct);
        await moved.Move(ids, ct);
        return affected;
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

internal sealed class PreviewClosureHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, TimeProvider clock) : IRequestHandler<PreviewClosure, ClosurePreview>
{
    private const int Most = 50;

    public async Task<ClosurePreview> Handle(PreviewClosure request, CancellationToken ct)
    {
        if (request.Closure is not { Day: not null, Zone.Length: > 0 } closure)
            return new ClosurePreview(0, 0, 0, []);
        var plan = await plans.Current(db, ct);
        var (from, to, now) = (closure.Starts, closure.Ends, clock.GetUtcNow());
        var slots = await db.Slots.Where(s => s.Zone == closure.Zone && s.StartsAt < to && s.EndsAt > from && s.StartsAt > now && s.WithdrawnAt == null).Select(s => new { s.Id, s.ServiceGroup }).ToListAsync(ct);
        var (ids, groups) = (slots.Select(s => s.Id).ToList(), slots.Select(s => s.ServiceGroup).Distinct().ToArray());
        var affected = db.Appointments.AsNoTracking().Where(a => ids.Contains(a.SlotId) && a.State == AppointmentState.Confirmed);
        var count = await affected.CountAsync(ct);
        var first = await affected.OrderBy(a => a.StartsAt).ThenBy(a => a.Id).Take(Most).ToListAsync(ct);
        var (near, far, own) = (from.AddDays(-7), to.AddDays(7), ids.ToArray());
        var free = (await db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM appointments.slots s JOIN appointments.seats e ON e.slot_id = s.id
            WHERE s.service_group = ANY ({groups}) AND s.starts_at > {now} AND s.starts_at BETWEEN {near} AND {far} AND s.withdrawn_at IS NULL AND s.id <> ALL ({own}) AND e.appointment_id IS NULL AND e.pool <> 'Draw'
            """).ToListAsync(ct)).Single();
        return new ClosurePreview(slots.Count, count, free,
            [.. first.Select(a => new AffectedAppointment(AppointmentNumber.Display(a.Number), plan.TitleOf(a.ServiceCode), a.StartsAt, Masking.Name(cards.Open(a.VisitorSecret).Name)))]);
    }
}
