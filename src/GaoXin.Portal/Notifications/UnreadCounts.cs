using Microsoft.Extensions.Caching.Memory;

namespace GaoXin.Portal.Notifications;

/// <summary>
/// The number of unread notices in the header, kept for seconds: every page of everybody signed in shows it, and nothing
/// is decided by it. This instance forgets it when a notice comes or is read; another one a few seconds later.
/// </summary>
internal sealed class UnreadCounts : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private readonly MemoryCache _counts = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public async Task<int> Of(Guid account, Func<Task<int>> count)
    {
        if (_counts.TryGetValue(account, out int known))
            return known;
        var counted = await count();
        _counts.Set(account, counted, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
        return counted;
    }

    public void Forget(Guid account) => _counts.Remove(account);

    public void Dispose() => _counts.Dispose();
}
