using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>What every change to a staff account has in common: one at a time, an administrator is left, open sessions end, it is on record.</summary>
internal sealed class StaffAccounts(PortalDbContext db, OpenSessions sessions, IPasswordHasher<PortalUser> hasher, ICurrentUser user, TimeProvider clock)
{
    private const long Lock = 0x1DE1;
    private const int PasswordLength = 20;
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>The account, its sessions ended. Changes queue here, so that two of them never remove the last two administrators.</summary>
    public async Task<(PortalUser Account, StaffMember Member)> Take(Guid accountId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var member = await db.StaffMembers.SingleOrDefaultAsync(s => s.UserId == accountId, ct).OrNotFound("staff account");
        var account = await db.Users.SingleAsync(u => u.Id == accountId, ct);
        account.EndSessions();
        await sessions.EndAll(accountId, ct);
        return (account, member);
    }

    /// <summary>Refuses when this is the only active administrator.</summary>
    public async Task KeepAnAdministrator(StaffMember leaving, CancellationToken ct)
    {
        if (leaving.IsActiveAdministrator
            && !await db.StaffMembers.AnyAsync(s => s.UserId != leaving.UserId && s.Active && s.Roles.Contains(Roles.SystemAdministrator), ct))
            throw new RefusedException(IdentityRefusals.LastAdministrator());
    }

    /// <summary>Gives a new password, shown only now, and forgets every second factor.</summary>
    public async Task<string> GiveOneTimePassword(PortalUser account, StaffMember member, CancellationToken ct)
    {
        var password = NewPassword();
        account.PasswordHash = hasher.HashPassword(account, password);
        member.GiveOneTimePassword(clock.GetUtcNow());
        db.RemoveRange(await db.Passkeys.Where(p => p.UserId == account.Id).ToListAsync(ct));
        return password;
    }

    public void Record(Guid accountId, StaffAccountChangeKind kind, string detail = "") => db.Add(new StaffAccountChange
    {
        AccountId = accountId,
        ChangedBy = user.Id,
        ChangedByName = user.DisplayName,
        Kind = kind,
        Detail = detail,
        At = clock.GetUtcNow(),
    });

    /// <summary>Always with a capital, a small letter and a digit, as the rule for passwords asks.</summary>
    private static string NewPassword()
    {
        while (true)
        {
            var password = RandomNumberGenerator.GetString(Letters, PasswordLength);
            if (StaffRules.IsStrong(password))
                return password;
        }
    }
}
