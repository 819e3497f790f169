using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Staff;

/// <summary>Answers an appeal against a pause of online booking, with a reason the person reads; lifts the pause or keeps it.</summary>
[ForStaff(Roles.HallManager)]
public sealed record SettleAppeal(Guid Id, bool Lift, string Answer) : ICommand;

/// <summary>What the hall manager has to do about booking: appeals, draws to hold, closures to come.</summary>
[ForStaff(Roles.HallManager)]
public sealed record GetBookingDesk : IQuery<BookingDesk>;

/// <summary>The hall manager's booking page.</summary>
public sealed record BookingDesk(IReadOnlyList<AppealToSettle> Appeals, IReadOnlyList<ComingClosure> Closures, string DrawSource);

/// <summary>An appeal that waits for an answer. The words are the person's own; the person is not named.</summary>
public sealed record AppealToSettle(Guid Id, CooldownReason Reason, string Words, DateTimeOffset AppealedAt, DateTimeOffset Until);

/// <summary>A closure that is not over.</summary>
public sealed record ComingClosure(Guid Id, string Zone, DateTimeOffset From, DateTimeOffset To, string Reason);

internal sealed class SettleAppealValidator : AbstractValidator<SettleAppeal>
{
    public SettleAppealValidator() => RuleFor(r => r.Answer).Cascade(CascadeMode.Stop)
        .Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("请写答复，申诉的人会看到。").MaximumLength(500).WithMessage("答复最多 500 字。");
}

internal sealed class SettleAppealHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<SettleAppeal, Unit>
{
    public async Task<Unit> Handle(SettleAppeal request, CancellationToken ct)
    {
        var pause = await db.Cooldowns.FromSql($"SELECT * FROM appointments.cooldowns WHERE id = {request.Id} FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("cooldown");
        if (pause.AppealedAt is null || pause.AnsweredAt is not null)
            throw new RefusedException(AppointmentRefusals.SettledAlready());
        pause.Settle(request.Lift, request.Answer.Trim(), user.Id, clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class GetBookingDeskHandler(PortalDbContext db, BookingPlans plans, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<GetBookingDesk, BookingDesk>
{
    private const int Most = 50;

    public async Task<BookingDesk> Handle(GetBookingDesk request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var appeals = await db.Cooldowns.AsNoTracking().Where(c => c.AppealedAt != null && c.AnsweredAt == null).OrderBy(c => c.AppealedAt).Take(Most).ToListAsync(ct);
        var closures = (await db.ComingClosures(now, ct)).Select(c => new ComingClosure(c.Id, c.Zone, c.From, c.To, c.Reason));
        return new BookingDesk(
            [.. appeals.Select(a => new AppealToSettle(a.Id, a.Reason, cipher.Unprotect(a.AppealSecret!, AppealCooldownHandler.Purpose), a.AppealedAt!.Value, a.Until))],
            [.. closures], (await plans.Current(db, ct)).RulesOn(now.Day()).DrawSource);
    }
}
