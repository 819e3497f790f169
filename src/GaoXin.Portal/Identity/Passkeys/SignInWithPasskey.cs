using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>Begins a sign-in with a passkey （用指纹或刷脸登录）. The answer is the options for the browser as JSON; they name no account.</summary>
[ForAnyone]
public sealed record OfferPasskeySignIn : ICommand<string>;

internal sealed class OfferPasskeySignInHandler(PasskeyCeremony ceremony) : IRequestHandler<OfferPasskeySignIn, string>
{
    public Task<string> Handle(OfferPasskeySignIn request, CancellationToken ct) => ceremony.OfferAssertion();
}

/// <summary>
/// Signs in with a passkey. The device has checked the person itself, so it is both factors, for staff too （等保 2.0 level
/// 3）; inactive staff are refused. A refusal is an outcome, not an exception: the turn it cost must stay counted.
/// Outcomes: <c>identity.passkey-not-known</c>, <c>identity.too-many-from-here</c>.
/// </summary>
[ForAnyone]
public sealed record SignInWithPasskey : ICommand<SignInOutcome>
{
    /// <summary>What the browser answered, as JSON.</summary>
    public string Credential { get; init; } = "";

    /// <summary>Without the credential.</summary>
    public override string ToString() => nameof(SignInWithPasskey);
}

internal sealed class SignInWithPasskeyValidator : AbstractValidator<SignInWithPasskey>
{
    private const int LongestCredential = 20_000;

    public SignInWithPasskeyValidator() => RuleFor(r => r.Credential).MaximumLength(LongestCredential);
}

internal sealed class SignInWithPasskeyHandler(
    PortalDbContext db, UserManager<PortalUser> users, PasskeyCeremony ceremony, StaffTries tries,
    Pacing pacing, IdentityLimits limits, ClientAddress address, TimeProvider clock)
    : IRequestHandler<SignInWithPasskey, SignInOutcome>
{
    public async Task<SignInOutcome> Handle(SignInWithPasskey request, CancellationToken ct)
    {
        if (!await pacing.Take(limits.TriesPerAddress, address.Key, ct))
            return SignInOutcome.No(IdentityRefusals.TooManyFromHere());
        var shown = await ceremony.Assert(request.Credential);
        if (!shown.Succeeded)
            return SignInOutcome.No(IdentityRefusals.PasskeyNotKnown());
        var account = shown.User;
        if (account.IsStaff && !await db.StaffMembers.AnyAsync(s => s.UserId == account.Id && s.Active, ct))
            return SignInOutcome.No(IdentityRefusals.PasskeyNotKnown());
        // The counter of the device moved on: a copy of it that lags behind is found out.
        if (!(await users.AddOrUpdatePasskeyAsync(account, shown.Passkey)).Succeeded)
            return SignInOutcome.No(IdentityRefusals.PasskeyNotKnown());
        if (account.IsStaff)
            await tries.Clear(account.NormalizedUserName!, ct);
        account.SignedIn(clock.GetUtcNow());
        return SignInOutcome.Yes(account.Id);
    }
}
