using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Sends a one-time sign-in code （验证码） to a mobile number: 6 digits, valid 5 minutes, 5 tries, used once; a new
/// code closes the one before. Answers alike for known and unknown numbers. At most 1 a minute and 10 a day per
/// number, limited per client address. Refused: <c>identity.too-many-codes</c>, <c>identity.too-many-from-here</c>,
/// <c>identity.locked-after-wrong-codes</c>.
/// </summary>
[ForAnyone]
public sealed record RequestSignInCode : ICommand
{
    /// <summary>The mobile number as typed; spaces and +86 are accepted.</summary>
    public string Phone { get; init; } = "";

    /// <summary>Without the number, so that a log line never holds it.</summary>
    public override string ToString() => nameof(RequestSignInCode);
}

internal sealed class RequestSignInCodeValidator : AbstractValidator<RequestSignInCode>
{
    public const string PhoneMessage = "请填 11 位手机号，比如 138 0000 0000。";

    public RequestSignInCodeValidator() =>
        RuleFor(r => r.Phone).Must(p => MobileNumber.TryParse(p, out _)).WithMessage(PhoneMessage);
}

internal sealed class RequestSignInCodeHandler(
    PortalDbContext db, PersonalDataCipher cipher, Pacing pacing, IdentityLimits limits, ClientAddress address, TimeProvider clock)
    : IRequestHandler<RequestSignInCode, Unit>
{
    private static readonly PaceRule PerMinute = new("code-minute", TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), 10);

    public async Task<Unit> Handle(RequestSignInCode request, CancellationToken ct)
    {
        MobileNumber.TryParse(request.Phone, out var phone);
        var now = clock.GetUtcNow();
        if (!await pacing.Take(limits.CodesPerAddress, address.Key, ct))
            throw new RefusedException(IdentityRefusals.TooManyFromHere());
        var code = SignInCode.For(phone, cipher, now);
        var lockedSince = now - SignInCode.LockOut;
        if (await db.SignInCodes.AnyAsync(c => c.PhoneHash == code.PhoneHash && c.TriesLeft == 0 && c.CreatedAt > lockedSince, ct))
            throw new RefusedException(IdentityRefusals.LockedAfterWrongCodes());
        if (!await pacing.Take(PerMinute, phone.Digits, ct))
            throw new RefusedException(IdentityRefusals.TooManyCodes());
        await db.SignInCodes.Where(c => c.PhoneHash == code.PhoneHash && c.ClosedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.ClosedAt, now).SetProperty(x => x.CodeSecret, (byte[]?)null), ct);
        db.Add(code);
        db.Raise(new SignInCodeRequested(code.Id), now);
        return Unit.Value;
    }
}
