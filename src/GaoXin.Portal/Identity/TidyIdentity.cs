using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Removes what nobody needs any more (保存期限最短，个人信息保护法 19): counters whose longest window is over, codes and demo
/// messages of yesterday, sessions a week after they ended.
/// </summary>
internal sealed class TidyIdentity(PortalDbContext db, TimeProvider clock) : IPeriodicTask
{
    private static readonly TimeSpan Counters = TimeSpan.FromDays(2);
    private static readonly TimeSpan Messages = TimeSpan.FromDays(1);
    private static readonly TimeSpan Sessions = TimeSpan.FromDays(7);

    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (counters, messages, sessions) = (now - Counters, now - Messages, now - Sessions);
        return await db.Set<Pace>().Where(p => p.LastAt < counters && p.StartedAt < counters).ExecuteDeleteAsync(ct)
            + await db.SignInCodes.Where(c => c.CreatedAt < messages).ExecuteDeleteAsync(ct)
            + await db.DemoMessages.Where(m => m.SentAt < messages).ExecuteDeleteAsync(ct)
            + await db.Sessions.Where(s => s.ExpiresAt < sessions || s.EndedAt < sessions).ExecuteDeleteAsync(ct);
    }
}
