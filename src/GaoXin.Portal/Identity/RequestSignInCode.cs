using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Sends a one-time sign-in code （验证码） to a mobile number: 6 digits, valid 5 minutes, 5 tries, used once, good in the
/// browser that asked; a new code closes the one this browser had. Answers alike for known and unknown numbers. A browser
/// that signed in with this number before has a quota of its own, 1 a minute and 10 a day; strangers have 1 a minute, 5 an
/// hour and 10 a day for the number from one network, and together no more than a phone's owner can bear. Refused:
/// <c>identity.too-many-codes</c>, <c>identity.too-many-from-here</c>, <c>identity.locked-after-wrong-codes</c>.
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
    PortalDbContext db, PersonalDataCipher cipher, Pacing pacing, IdentityLimits limits, ClientAddress address, KnownDevice device, TimeProvider clock)
    : IRequestHandler<RequestSignInCode, Unit>
{
    private static readonly PaceRule OwnDevice = new("code-device", TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), 10);
    private static readonly PaceRule StrangersPerHour = new("code-hour", TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), 5);
    private static readonly PaceRule StrangersPerDay = new("code-day", TimeSpan.Zero, TimeSpan.FromDays(1), 10);

    public async Task<Unit> Handle(RequestSignInCode request, CancellationToken ct)
    {
        MobileNumber.TryParse(request.Phone, out var phone);
        var now = clock.GetUtcNow();
        var code = SignInCode.For(phone, SignInCode.Asker(device, cipher), cipher, now);
        var known = device.Knows(KnownDevice.OfPhone(code.PhoneHash));
        if (!known && !await pacing.Take(limits.CodesPerAddress, address.Key, ct))
            throw new RefusedException(IdentityRefusals.TooManyFromHere());
        var lockedSince = now - SignInCode.LockOut;
        var mine = db.SignInCodes.Where(c => c.PhoneHash == code.PhoneHash && c.AskerHash == code.AskerHash);
        if (await mine.AnyAsync(c => c.TriesLeft == 0 && c.CreatedAt > lockedSince, ct))
            throw new RefusedException(IdentityRefusals.LockedAfterWrongCodes());
        if (!(known ? await pacing.Take(OwnDevice, $"{phone.Digits} {device.Id}", ct) : await TakeAsStranger(phone.Digits, ct)))
            throw new RefusedException(IdentityRefusals.TooManyCodes());
        await mine.Where(c => c.ClosedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.ClosedAt, now).SetProperty(x => x.CodeSecret, (byte[]?)null), ct);
        db.Add(code);
        db.Raise(new SignInCodeRequested(code.Id), now);
        return Unit.Value;
    }

    private async Task<bool> TakeAsStranger(string phone, CancellationToken ct)
    {
        var here = $"{phone} {address.Key}";
        return await pacing.Take(StrangersPerHour, here, ct) && await pacing.Take(StrangersPerDay, here, ct) && await pacing.Take(limits.StrangersPerPhone, phone, ct);
    }
}
