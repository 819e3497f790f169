using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Counts sign-in tries of staff: 5 wrong ones lock for 15 minutes. A try is taken before anything is compared and
/// given back when it was right, so racing callers never get more than 5.
/// </summary>
internal sealed class StaffTries(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Takes a try; false when there is no such active account or it is locked.</summary>
    public async Task<bool> Take(Guid? userId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + StaffMember.LockOut;
        return await db.StaffMembers.Where(s => s.UserId == userId && s.Active && (s.LockedUntil == null || s.LockedUntil <= now))
            .ExecuteUpdateAsync(s => s
                .SetProperty(x => x.FailedTries, x => x.LockedUntil != null ? 1 : x.FailedTries + 1)
                .SetProperty(x => x.LockedUntil, x => x.LockedUntil == null && x.FailedTries + 1 >= StaffMember.Tries ? until : (DateTimeOffset?)null), ct) == 1;
    }

    /// <summary>The password was right: that try does not count. A lock set by it is lifted again.</summary>
    public Task GiveBack(Guid userId, CancellationToken ct) =>
        db.StaffMembers.Where(s => s.UserId == userId).ExecuteUpdateAsync(s => s
            .SetProperty(x => x.FailedTries, x => x.FailedTries - 1)
            .SetProperty(x => x.LockedUntil, (DateTimeOffset?)null), ct);

    /// <summary>Both factors were right: start counting anew.</summary>
    public Task Clear(Guid userId, CancellationToken ct) =>
        db.StaffMembers.Where(s => s.UserId == userId).ExecuteUpdateAsync(s => s
            .SetProperty(x => x.FailedTries, 0)
            .SetProperty(x => x.LockedUntil, (DateTimeOffset?)null), ct);
}
