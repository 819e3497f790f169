using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// First factor of staff: account name and password. Unknown account, wrong password and inactive account answer alike and
/// do the same work; after five wrong tries the next has to wait, known account or not (<see cref="StaffTries"/>). A refusal
/// is an outcome, not an exception: the try must stay counted. The account is not signed in yet:
/// <see cref="ConfirmStaffCode"/> follows. Outcomes: <c>identity.wrong-staff-sign-in</c>,
/// <c>identity.try-staff-sign-in-later</c>, <c>identity.too-many-from-here</c>.
/// </summary>
[ForAnyone]
public sealed record SignInStaff : ICommand<StaffSignInOutcome>
{
    /// <summary>The account name.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>The password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Without the password, so that a log line never holds it.</summary>
    public override string ToString() => nameof(SignInStaff);
}

/// <summary>What the first factor led to.</summary>
/// <param name="AccountId">The account that must show its second factor now; null when refused.</param>
/// <param name="MustEnrol">True when it has no authenticator yet and must set one up.</param>
/// <param name="Refusal">What to say; null when the password was right.</param>
/// <param name="MustReplacePassword">True when the password is a one-time one: <see cref="ReplaceOneTimePassword"/> comes first.</param>
public sealed record StaffSignInOutcome(Guid? AccountId, bool MustEnrol, Refusal? Refusal, bool MustReplacePassword = false);

internal sealed class SignInStaffValidator : AbstractValidator<SignInStaff>
{
    public SignInStaffValidator()
    {
        RuleFor(r => r.AccountName).NotEmpty().WithMessage("请填账号。").MaximumLength(64).WithMessage("账号最多 64 个字符。");
        RuleFor(r => r.Password).NotEmpty().WithMessage("请填密码。").MaximumLength(200).WithMessage("密码最多 200 个字符。");
    }
}

internal sealed class SignInStaffHandler(
    PortalDbContext db, StaffTries tries, Pacing pacing, IdentityLimits limits, ClientAddress address, KnownDevice device, IPasswordHasher<PortalUser> hasher, TimeProvider clock)
    : IRequestHandler<SignInStaff, StaffSignInOutcome>
{
    private static readonly PortalUser Nobody = PortalUser.ForStaff("nobody", DateTimeOffset.UnixEpoch);
    private static readonly string NobodysHash = new PasswordHasher<PortalUser>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<StaffSignInOutcome> Handle(SignInStaff request, CancellationToken ct)
    {
        var name = request.AccountName.Replace("\0", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
        if (!device.Knows(KnownDevice.OfStaff(name)) && !await pacing.Take(limits.TriesPerAddress, address.Key, ct))
            return new StaffSignInOutcome(null, false, IdentityRefusals.TooManyFromHere());
        if (!await tries.Take(name, ct))
            return new StaffSignInOutcome(null, false, IdentityRefusals.TryStaffSignInLater());
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name && u.IsStaff, ct);
        var right = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? NobodysHash, request.Password) != PasswordVerificationResult.Failed;
        var (now, accountId) = (clock.GetUtcNow(), user?.Id);
        var member = await db.StaffMembers.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == accountId && s.Active, ct);
        if (user is null || member is null || !right || member.OneTimePasswordUntil <= now)
            return new StaffSignInOutcome(null, false, IdentityRefusals.WrongStaffSignIn());
        await tries.GiveBack(name, ct);
        var enrolled = member.TotpConfirmedAt is not null || await db.Passkeys.AnyAsync(p => p.UserId == user.Id, ct);
        return new StaffSignInOutcome(user.Id, !enrolled, null, member.OneTimePasswordUntil is not null);
    }
}
