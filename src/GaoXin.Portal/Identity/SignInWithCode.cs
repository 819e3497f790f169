using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Signs a citizen in with the code from the SMS, in the browser that asked for it, and opens the account at the first
/// sign-in. A wrong code is an outcome, not an exception: the try it cost must stay counted. Outcomes:
/// <c>identity.wrong-code</c>, <c>identity.locked-after-wrong-codes</c>, <c>identity.too-many-from-here</c>.
/// </summary>
[ForAnyone]
public sealed record SignInWithCode : ICommand<SignInOutcome>
{
    /// <summary>The mobile number the code was sent to.</summary>
    public string Phone { get; init; } = "";

    /// <summary>6 digits; spaces and full-width digits are accepted.</summary>
    public string Code { get; init; } = "";

    /// <summary>Without number and code, so that a log line never holds them.</summary>
    public override string ToString() => nameof(SignInWithCode);
}

/// <summary>The account to sign in, or the reason why not.</summary>
/// <param name="AccountId">The account; null when refused.</param>
/// <param name="Refusal">What to tell the person; null when signed in.</param>
public sealed record SignInOutcome(Guid? AccountId, Refusal? Refusal)
{
    internal static SignInOutcome Yes(Guid accountId) => new(accountId, null);

    internal static SignInOutcome No(Refusal refusal) => new(null, refusal);
}

internal sealed class SignInWithCodeValidator : AbstractValidator<SignInWithCode>
{
    public SignInWithCodeValidator()
    {
        RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage(RequestSignInCodeValidator.PhoneMessage);
        RuleFor(r => r.Code).Must(c => Text.Compact(c) is { Length: 6 } code && code.All(char.IsAsciiDigit))
            .WithMessage("请填短信里的 6 位数字验证码。");
    }
}

internal sealed class SignInWithCodeHandler(
    PortalDbContext db, PersonalDataCipher cipher, Pacing pacing, IdentityLimits limits, ClientAddress address, KnownDevice device, TimeProvider clock)
    : IRequestHandler<SignInWithCode, SignInOutcome>
{
    public async Task<SignInOutcome> Handle(SignInWithCode request, CancellationToken ct)
    {
        MobileNumber.TryParse(request.Phone, out var phone);
        var hash = cipher.Hash(phone.Digits, PortalUser.PhoneKind);
        if (!device.Knows(KnownDevice.OfPhone(hash)) && !await pacing.Take(limits.TriesPerAddress, address.Key, ct))
            return SignInOutcome.No(IdentityRefusals.TooManyFromHere());
        var refusal = await UseCode(hash, Text.Compact(request.Code), ct);
        if (refusal is not null)
            return SignInOutcome.No(refusal);
        var now = clock.GetUtcNow();
        var account = await db.Users.SingleOrDefaultAsync(u => u.PhoneHash == hash, ct);
        if (account is null)
            db.Add(account = PortalUser.ForPhone(cipher.Protect(phone.Digits, PortalUser.PhonePurpose), hash, now));
        account.SignedIn(now);
        return SignInOutcome.Yes(account.Id);
    }

    /// <summary>Takes one try first, then compares: the row lock makes racing callers queue for the tries that are left.</summary>
    private async Task<Refusal?> UseCode(byte[] phoneHash, string typed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asker = SignInCode.Asker(device, cipher);
        var open = db.SignInCodes.Where(c => c.PhoneHash == phoneHash && c.AskerHash == asker && c.ClosedAt == null && c.ExpiresAt > now);
        var taken = await open.Where(c => c.TriesLeft > 0)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.TriesLeft, x => x.TriesLeft - 1), ct);
        var code = await open.AsNoTracking().SingleOrDefaultAsync(ct);
        if (code is null)
            return IdentityRefusals.WrongCode();
        if (taken == 1 && code.Is(typed, cipher))
        {
            await db.SignInCodes.Where(c => c.Id == code.Id)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.ClosedAt, now).SetProperty(x => x.TriesLeft, x => x.TriesLeft + 1)
                    .SetProperty(x => x.CodeSecret, (byte[]?)null), ct);
            return null;
        }

        return code.TriesLeft == 0 ? IdentityRefusals.LockedAfterWrongCodes() : IdentityRefusals.WrongCode();
    }
}
