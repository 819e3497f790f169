using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// A member of staff changes the own password. The other sessions of the account end; the one that asks goes on. A wrong
/// current password is an outcome, not an exception: the try must stay counted. Outcomes:
/// <c>identity.wrong-current-password</c>, <c>identity.try-staff-sign-in-later</c>, <c>identity.same-new-password</c>.
/// </summary>
[ForStaff]
public sealed record ChangeMyPassword : ICommand<PasswordOutcome>
{
    /// <summary>The password until now.</summary>
    public string Current { get; init; } = "";

    /// <summary>At least 10 characters with lower case, upper case and digits.</summary>
    public string Password { get; init; } = "";

    /// <summary>Without the passwords.</summary>
    public override string ToString() => nameof(ChangeMyPassword);
}

/// <summary>The reason why the password stays, or null when it was changed.</summary>
public sealed record PasswordOutcome(Refusal? Refusal);

internal sealed class ChangeMyPasswordValidator : AbstractValidator<ChangeMyPassword>
{
    public ChangeMyPasswordValidator()
    {
        RuleFor(r => r.Current).NotEmpty().WithMessage("请填现在用的密码。").MaximumLength(200).WithMessage("密码最多 200 个字符。");
        RuleFor(r => r.Password).Must(StaffRules.IsStrong).WithMessage("密码至少 10 位，要有大写字母、小写字母和数字。");
    }
}

internal sealed class ChangeMyPasswordHandler(PortalDbContext db, StaffTries tries, OpenSessions sessions, IPasswordHasher<PortalUser> hasher, ICurrentUser user)
    : IRequestHandler<ChangeMyPassword, PasswordOutcome>
{
    public async Task<PasswordOutcome> Handle(ChangeMyPassword request, CancellationToken ct)
    {
        await db.LockAccount(user.Id, ct);
        var account = await db.Users.SingleOrDefaultAsync(u => u.Id == user.Id && u.IsStaff, ct).OrNotFound("staff account");
        if (!await tries.Take(account.NormalizedUserName!, ct))
            return new PasswordOutcome(IdentityRefusals.TryStaffSignInLater());
        if (!Is(account, request.Current))
            return new PasswordOutcome(IdentityRefusals.WrongCurrentPassword());
        await tries.GiveBack(account.NormalizedUserName!, ct);
        if (Is(account, request.Password))
            return new PasswordOutcome(IdentityRefusals.SameNewPassword());
        account.PasswordHash = hasher.HashPassword(account, request.Password);
        account.EndSessions();
        await sessions.EndOthers(account.Id, sessions.Current, ct);
        return new PasswordOutcome(null);
    }

    private bool Is(PortalUser account, string password) =>
        hasher.VerifyHashedPassword(account, account.PasswordHash ?? "", password) != PasswordVerificationResult.Failed;
}
