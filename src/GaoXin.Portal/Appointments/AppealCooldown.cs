using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>Appeals against a pause of one's online booking (申诉), once. A hall manager answers. Refused: <c>appointment.appealed</c>.</summary>
[ForCitizens]
public sealed record AppealCooldown(Guid Id, string Reason) : ICommand
{
    /// <summary>Without what was written, so that a log line never holds it.</summary>
    public override string ToString() => $"AppealCooldown {Id}";
}

internal sealed class AppealCooldownValidator : AbstractValidator<AppealCooldown>
{
    public AppealCooldownValidator() => RuleFor(r => r.Reason).Cascade(CascadeMode.Stop)
        .Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("请说说当时的情况，比如生病、大厅停电。")
        .MaximumLength(500).WithMessage("最多 500 字，请写短一点。");
}

internal sealed class AppealCooldownHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<AppealCooldown, Unit>
{
    internal const string Purpose = "appointments.appeal";

    public async Task<Unit> Handle(AppealCooldown request, CancellationToken ct)
    {
        var pause = await db.Cooldowns.FromSql($"SELECT * FROM appointments.cooldowns WHERE id = {request.Id} AND account_id = {user.Id} FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("cooldown");
        if (pause.AppealedAt is not null)
            throw new RefusedException(AppointmentRefusals.AppealedAlready());
        pause.Appeal(cipher.Protect(request.Reason.Trim(), Purpose), clock.GetUtcNow());
        return Unit.Value;
    }
}
