using System.Security.Claims;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>Asks for and ends open sessions. Each is one statement; the end counts at once here and within a minute elsewhere.</summary>
internal sealed class OpenSessions(PortalDbContext db, SessionCache cache, IHttpContextAccessor http, IOptions<SessionOptions> options, TimeProvider clock)
{
    /// <summary>The session of this request; null when nobody is signed in by cookie.</summary>
    public Guid? Current => IdOf(http.HttpContext?.User);

    public static Guid? IdOf(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirstValue(PortalClaims.Session), out var id) ? id : null;

    /// <summary>True while the session is open; notes that it was seen. No statement within a minute of the last.</summary>
    public async Task<bool> See(Guid id, Guid accountId, bool staff, CancellationToken ct)
    {
        if (cache.IsOpen(id) is { } known)
            return known;
        var now = clock.GetUtcNow();
        var lastSeen = now - options.Value.Idle(staff);
        var expires = await db.Database.SqlQuery<DateTimeOffset>($"""
            UPDATE identity.sessions SET seen_at = {now}
            WHERE id = {id} AND account_id = {accountId} AND ended_at IS NULL AND expires_at > {now} AND seen_at > {lastSeen}
            RETURNING expires_at AS "Value"
            """).ToListAsync(ct);
        if (expires.Count == 0)
            return false;
        cache.Opened(id, expires[0]);
        return cache.IsOpen(id) ?? true;
    }

    /// <summary>Ends one session of the account.</summary>
    public Task End(Guid accountId, Guid id, CancellationToken ct) => End(
        $"UPDATE identity.sessions SET ended_at = {clock.GetUtcNow()} WHERE id = {id} AND account_id = {accountId} AND ended_at IS NULL RETURNING id AS \"Value\"", ct);

    /// <summary>Ends all sessions of the account but this one.</summary>
    public Task EndOthers(Guid accountId, Guid? except, CancellationToken ct)
    {
        var kept = except ?? Guid.Empty;
        return End($"UPDATE identity.sessions SET ended_at = {clock.GetUtcNow()} WHERE account_id = {accountId} AND id <> {kept} AND ended_at IS NULL RETURNING id AS \"Value\"", ct);
    }

    /// <summary>Ends all sessions of the account.</summary>
    public Task EndAll(Guid accountId, CancellationToken ct) => EndOthers(accountId, null, ct);

    private async Task End(FormattableString update, CancellationToken ct)
    {
        foreach (var id in await db.Database.SqlQuery<Guid>(update).ToListAsync(ct))
            cache.Ended(id);
    }
}
