using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Makes the secret of a new authenticator （动态码） for staff who passed the first factor and have none yet. Asking again
/// shows the same secret until the first right code confirms it; afterwards it is never shown again (not found).
/// </summary>
[ForAnyone]
public sealed record OfferAuthenticator : ICommand<AuthenticatorOffer>
{
    /// <summary>The account that passed the first factor, from the protected cookie; never from a form.</summary>
    public Guid AccountId { get; init; }
}

/// <summary>What to scan or to type. Never log it.</summary>
/// <param name="Address">The otpauth address for the QR code.</param>
/// <param name="Secret">The same secret, to type by hand.</param>
public sealed record AuthenticatorOffer(string Address, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(AuthenticatorOffer);
}

internal sealed class OfferAuthenticatorHandler(PortalDbContext db, PersonalDataCipher cipher) : IRequestHandler<OfferAuthenticator, AuthenticatorOffer>
{
    public async Task<AuthenticatorOffer> Handle(OfferAuthenticator request, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM identity.staff_members WHERE user_id = {request.AccountId} FOR UPDATE", ct);
        var staff = await db.StaffMembers.SingleOrDefaultAsync(s => s.UserId == request.AccountId && s.Active && s.TotpConfirmedAt == null && s.OneTimePasswordUntil == null, ct)
            .OrNotFound("staff member without authenticator");
        if (staff.TotpSecret is null)
            staff.OfferTotp(cipher.Protect(Totp.NewSecret(), StaffMember.TotpPurpose));
        var secret = cipher.Unprotect(staff.TotpSecret!, StaffMember.TotpPurpose);
        return new AuthenticatorOffer(Totp.Address(staff.StaffNumber, secret), secret);
    }
}
