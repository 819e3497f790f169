using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Removes a passkey of the signed-in account, for example of a lost phone, and ends the account's other sessions within a
/// minute. The last second factor of staff stays. Refused: <c>identity.last-second-factor</c>.
/// </summary>
[ForSignedIn]
public sealed record RemovePasskey : ICommand
{
    /// <summary>The passkey, from <see cref="PasskeyShown.Id"/>.</summary>
    public string Id { get; init; } = "";
}

internal sealed class RemovePasskeyHandler(PortalDbContext db, OpenSessions sessions, ICurrentUser user) : IRequestHandler<RemovePasskey, Unit>
{
    public async Task<Unit> Handle(RemovePasskey request, CancellationToken ct)
    {
        await db.LockAccount(user.Id, ct);
        var mine = await db.Passkeys.Where(p => p.UserId == user.Id).ToListAsync(ct);
        var id = PasskeyIds.Parse(request.Id);
        var passkey = mine.Find(p => p.CredentialId.AsSpan().SequenceEqual(id)) ?? throw new NotFoundException("passkey");
        if (mine.Count == 1 && await db.StaffMembers.AnyAsync(s => s.UserId == user.Id && s.TotpConfirmedAt == null, ct))
            throw new RefusedException(IdentityRefusals.LastSecondFactor());
        db.Remove(passkey);
        var account = await db.Users.SingleAsync(u => u.Id == user.Id, ct);
        account.EndSessions();
        await sessions.EndOthers(account.Id, sessions.Current, ct);
        return Unit.Value;
    }
}
