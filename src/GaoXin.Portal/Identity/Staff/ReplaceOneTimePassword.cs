using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Staff put a password of their own in the place of the one-time one, before they set up the authenticator. Not found
/// when there is none to replace. Refused: <c>identity.same-password</c>.
/// </summary>
[ForAnyone]
public sealed record ReplaceOneTimePassword : ICommand
{
    /// <summary>The account that passed the first factor, from the protected cookie; never from a form.</summary>
    public Guid AccountId { get; init; }

    /// <summary>At least 10 characters with lower case, upper case and digits.</summary>
    public string Password { get; init; } = "";

    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(ReplaceOneTimePassword);
}

internal sealed class ReplaceOneTimePasswordValidator : AbstractValidator<ReplaceOneTimePassword>
{
    public ReplaceOneTimePasswordValidator() =>
        RuleFor(r => r.Password).Must(StaffRules.IsStrong).WithMessage("密码至少 10 位，要有大写字母、小写字母和数字。");
}

internal sealed class ReplaceOneTimePasswordHandler(PortalDbContext db, OpenSessions sessions, IPasswordHasher<PortalUser> hasher, TimeProvider clock)
    : IRequestHandler<ReplaceOneTimePassword, Unit>
{
    public async Task<Unit> Handle(ReplaceOneTimePassword request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.LockAccount(request.AccountId, ct);
        var member = await db.StaffMembers.SingleOrDefaultAsync(s => s.UserId == request.AccountId && s.Active && s.OneTimePasswordUntil > now, ct)
            .OrNotFound("one-time password");
        var account = await db.Users.SingleAsync(u => u.Id == member.UserId, ct);
        if (hasher.VerifyHashedPassword(account, account.PasswordHash!, request.Password) != PasswordVerificationResult.Failed)
            throw new RefusedException(IdentityRefusals.SamePassword());
        account.PasswordHash = hasher.HashPassword(account, request.Password);
        account.EndSessions();
        await sessions.EndAll(account.Id, ct);
        member.ReplaceOneTimePassword();
        return Unit.Value;
    }
}
