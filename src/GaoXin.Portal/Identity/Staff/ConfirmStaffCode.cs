using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Second factor of staff: the 6-digit code （动态码） of the authenticator app. A code counts once. The first right code
/// confirms a new authenticator. Outcomes: <c>identity.wrong-staff-sign-in</c> when wrong or used,
/// <c>identity.try-staff-sign-in-later</c> after too many wrong ones.
/// </summary>
[ForAnyone]
public sealed record ConfirmStaffCode : ICommand<SignInOutcome>
{
    /// <summary>The account that passed the first factor, from the protected cookie of <see cref="IPortalSession"/>; never from a form.</summary>
    public Guid AccountId { get; init; }

    /// <summary>6 digits.</summary>
    public string Code { get; init; } = "";

    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(ConfirmStaffCode);
}

internal sealed class ConfirmStaffCodeValidator : AbstractValidator<ConfirmStaffCode>
{
    public ConfirmStaffCodeValidator() =>
        RuleFor(r => r.Code).Must(c => Text.Compact(c) is { Length: 6 } code && code.All(char.IsAsciiDigit)).WithMessage("请填 6 位数字动态码。");
}

internal sealed class ConfirmStaffCodeHandler(PortalDbContext db, StaffTries tries, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<ConfirmStaffCode, SignInOutcome>
{
    public async Task<SignInOutcome> Handle(ConfirmStaffCode request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var name = await db.Users.Where(u => u.Id == request.AccountId && u.IsStaff).Select(u => u.NormalizedUserName).SingleOrDefaultAsync(ct) ?? "";
        if (!await tries.Take(name, ct))
            return SignInOutcome.No(IdentityRefusals.TryStaffSignInLater());
        // The row lock keeps a racing use of the same code out.
        await db.LockAccount(request.AccountId, ct);
        var staff = await db.StaffMembers.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == request.AccountId && s.Active, ct);
        if (staff?.TotpSecret is null || staff.OneTimePasswordUntil is not null
            || Totp.FindStep(cipher.Unprotect(staff.TotpSecret, StaffMember.TotpPurpose), Text.Compact(request.Code), now) is not { } step
            || step <= staff.TotpLastStep)
            return SignInOutcome.No(IdentityRefusals.WrongStaffSignIn());
        await tries.Clear(name, ct);
        await db.StaffMembers.Where(s => s.UserId == staff.UserId).ExecuteUpdateAsync(s => s
            .SetProperty(x => x.TotpLastStep, step).SetProperty(x => x.TotpConfirmedAt, x => x.TotpConfirmedAt ?? now), ct);
        var account = await db.Users.SingleAsync(u => u.Id == staff.UserId, ct);
        account.SignedIn(now);
        return SignInOutcome.Yes(account.Id);
    }
}
