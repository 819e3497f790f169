using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Opens the account of a person whom <see cref="CheckPersonAtCounter"/> found right and whose phone has just answered with a code, or
/// puts the real name on the account of that phone. For the counter's own command, never for a page. Refused: phone or ID number were
/// taken meanwhile (<c>identity.not-this-person</c>).
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record OpenAccountAtCounter(string Phone, string Name, string IdNumber, string Method) : ICommand<Guid>
{
    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(OpenAccountAtCounter);
}

internal sealed class OpenAccountAtCounterHandler(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<OpenAccountAtCounter, Guid>
{
    public async Task<Guid> Handle(OpenAccountAtCounter request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (phoneHash, idHash) = (cipher.Hash(request.Phone, PortalUser.PhoneKind), cipher.Hash(request.IdNumber, PortalUser.IdNumberKind));
        var accounts = await db.Users.Where(u => u.PhoneHash == phoneHash || u.IdNumberHash == idHash).ToListAsync(ct);
        if (accounts.Exists(a => a.RealNameAt is not null))
        {
            return accounts is [{ } same] && same.Carries(phoneHash, idHash)
                ? same.Id
                : throw new RefusedException(IdentityRefusals.NotThisPerson());
        }

        var account = accounts.SingleOrDefault();
        if (account is null)
            db.Add(account = PortalUser.ForPhone(cipher.Protect(request.Phone, PortalUser.PhonePurpose), phoneHash, now));
        account.RealNameVerified(cipher.Protect(request.Name, PortalUser.NamePurpose), cipher.Protect(request.IdNumber, PortalUser.IdNumberPurpose), idHash, request.Method, now);
        return account.Id;
    }
}
