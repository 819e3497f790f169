using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Waiting;

/// <summary>
/// Waits for a place that others give back, on some days (候补). It is kept for half an hour when it is one's turn. Only for
/// oneself. Refused: <c>appointment.waiting-already</c>, <c>appointment.already-active</c>, <c>appointment.cooling</c>.
/// </summary>
[ForCitizens]
public sealed record JoinWaitingList : ICommand<Guid>
{
    /// <summary>The code of the service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The first day that suits.</summary>
    public DateOnly? FromDay { get; init; }

    /// <summary>The last day that suits.</summary>
    public DateOnly? ToDay { get; init; }

    /// <summary>The pre-checked case, where the service needs one: its property counts, whatever else is sent.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>不动产单元号, where the service asks for it.</summary>
    public string? PropertyUnit { get; init; }

    /// <summary>Names this request, so that a program can send it again and gets the same answer.</summary>
    public string? Key { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"JoinWaitingList {Service}";
}

/// <summary>Leaves the waiting list.</summary>
[ForCitizens]
public sealed record LeaveWaitingList(Guid Id) : ICommand;

internal sealed class JoinWaitingListValidator : AbstractValidator<JoinWaitingList>
{
    public JoinWaitingListValidator(TimeProvider clock)
    {
        RuleFor(r => r.Service).NotEmpty().MaximumLength(60).WithMessage("请选要办的事。");
        RuleFor(r => r.FromDay).Must(d => d >= clock.Today()).WithMessage("请选从哪天起可以来，今天或以后。");
        RuleFor(r => r.ToDay).Must((r, d) => d >= r.FromDay && d <= clock.Today().AddDays(60)).WithMessage("请选最晚哪天可以来，不早于开始的那天，60 天以内。");
        RuleFor(r => r.PropertyUnit).Must(u => string.IsNullOrEmpty(u) || PropertyUnitNumber.TryParse(u, out _)).WithMessage(r => PropertyUnitNumber.Explain(r.PropertyUnit) + "。");
    }
}

internal sealed class JoinWaitingListHandler(
    PortalDbContext db, BookingPlans plans, VisitorCards cards, BookedMatters matters, IPeople people, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<JoinWaitingList, Guid>
{
    public async Task<Guid> Handle(JoinWaitingList request, CancellationToken ct)
    {
        var (group, service) = (await plans.Current(db, ct)).Find(request.Service) ?? throw new NotFoundException("bookable service");
        var own = await cards.OwnOf(user.Id, people, ct);
        var (caseId, unit) = await matters.Of(group, service, request.CaseId, request.PropertyUnit, user.Id, ct);
        var now = clock.GetUtcNow();
        // Two requests of one person are decided one after the other; the unique index stands behind it.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended(encode({own.Key}, 'hex'), 5))", ct);
        if (request.Key is { } key && await db.WaitingEntries.Where(w => w.PersonKey == own.Key && w.RequestKey == key).Select(w => (Guid?)w.Id).SingleOrDefaultAsync(ct) is { } before)
            return before;
        if (await db.WaitingEntries.AnyAsync(w => w.PersonKey == own.Key && w.ServiceGroup == group.Code && (w.State == WaitingState.Waiting || w.State == WaitingState.Offered), ct))
            throw new RefusedException(AppointmentRefusals.WaitingAlready());
        if (await db.Appointments.AnyAsync(a => a.PersonKey == own.Key && a.ServiceGroup == group.Code && AppointmentStates.Active.Contains(a.State) && !(a.State == AppointmentState.Held && a.HoldUntil <= now), ct))
            throw new RefusedException(AppointmentRefusals.AlreadyActive());
        if (await db.Cooldowns.Where(c => c.PersonKey == own.Key && c.Until > now && c.LiftedAt == null).MaxAsync(c => (DateTimeOffset?)c.Until, ct) is { } until)
            throw new RefusedException(AppointmentRefusals.Cooling(until));
        var entry = new WaitingEntry
        {
            ServiceGroup = group.Code,
            ServiceCode = service.Code,
            PersonKey = own.Key,
            PropertyKey = unit is null ? null : cipher.Hash(unit.Number, Appointment.PropertyKind),
            CaseId = caseId,
            VisitorSecret = own.Secret,
            PropertySecret = unit is null ? null : cipher.Protect(unit.Number, Appointment.PropertyPurpose),
            AccountId = user.Id,
            FromDay = request.FromDay!.Value,
            ToDay = request.ToDay!.Value,
            RequestKey = request.Key,
            CreatedAt = now,
        };
        db.Add(entry);
        return entry.Id;
    }
}

internal sealed class LeaveWaitingListHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<LeaveWaitingList, Unit>
{
    public async Task<Unit> Handle(LeaveWaitingList request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var left = await db.WaitingEntries.Where(w => w.Id == request.Id && w.AccountId == user.Id && w.State == WaitingState.Waiting)
            .ExecuteUpdateAsync(w => w.SetProperty(x => x.State, WaitingState.Left).SetProperty(x => x.EndedAt, now), ct);
        if (left == 0 && !await db.WaitingEntries.AnyAsync(w => w.Id == request.Id && w.AccountId == user.Id, ct))
            throw new NotFoundException("waiting entry");
        return Unit.Value;
    }
}
