using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Signs a citizen in whom another portal of the government has signed in already （统一身份认证）. The account is the one with
/// the verified ID number, else the one with the verified phone; the first time it is opened, with the real name when the
/// provider vouches for it. Outcomes: <c>identity.provider-without-phone</c>; <c>identity.provider-other-person</c> when the
/// phone belongs here to somebody with another ID number.
/// </summary>
[ForAnyone]
public sealed record SignInWithProvider : ICommand<SignInOutcome>
{
    /// <summary>The phone from the provider's signed token, when the token says that it was verified; never from a form.</summary>
    public string? VerifiedPhone { get; init; }

    /// <summary>The real name from the same token; null when the provider does not vouch for one.</summary>
    public string? Name { get; init; }

    /// <summary>The resident ID number from the same token; null when the provider does not vouch for one.</summary>
    public string? IdNumber { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(SignInWithProvider);
}

internal sealed class SignInWithProviderHandler(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<SignInWithProvider, SignInOutcome>
{
    private const string Method = "openid-connect";

    public async Task<SignInOutcome> Handle(SignInWithProvider request, CancellationToken ct)
    {
        if (!MobileNumber.TryParse(request.VerifiedPhone ?? "", out var phone))
            return SignInOutcome.No(IdentityRefusals.ProviderWithoutPhone());
        var phoneHash = cipher.Hash(phone.Digits, PortalUser.PhoneKind);
        // Two first sign-ins at once queue here, so that one account is opened.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({Convert.ToHexString(phoneHash)}, 0))", ct);
        var person = IdHash(request);
        var account = await Find(person, phoneHash, ct);
        if (account?.IdNumberHash is { } known && person is not null && !known.AsSpan().SequenceEqual(person))
            return SignInOutcome.No(IdentityRefusals.ProviderOtherPerson());
        var now = clock.GetUtcNow();
        if (account is null)
            db.Add(account = PortalUser.ForPhone(cipher.Protect(phone.Digits, PortalUser.PhonePurpose), phoneHash, now));
        if (account.RealNameAt is null && person is not null && ResidentId.TryParse(request.IdNumber!, out var id))
            account.RealNameVerified(cipher.Protect(request.Name!.Trim(), PortalUser.NamePurpose), cipher.Protect(id.Number, PortalUser.IdNumberPurpose), person, Method, now);
        account.SignedIn(now);
        return SignInOutcome.Yes(account.Id);
    }

    private async Task<PortalUser?> Find(byte[]? person, byte[] phoneHash, CancellationToken ct) =>
        (person is null ? null : await db.Users.SingleOrDefaultAsync(u => u.IdNumberHash == person, ct))
        ?? await db.Users.SingleOrDefaultAsync(u => u.PhoneHash == phoneHash, ct);

    private byte[]? IdHash(SignInWithProvider request) =>
        !string.IsNullOrWhiteSpace(request.Name) && request.Name.Trim().Length <= 50 && ResidentId.TryParse(request.IdNumber ?? "", out var id)
            ? cipher.Hash(id.Number, PortalUser.IdNumberKind)
            : null;
}
