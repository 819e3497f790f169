using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>
/// What definitions say today, read once and kept for at most a minute, because another instance may have loaded newer ones; a load
/// in this process shows at once.
/// </summary>
internal sealed class SeedCache<T>(SeedChanges changes, TimeProvider clock)
    where T : class
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private Kept? _kept;

    /// <summary>What is kept, or what <paramref name="load"/> reads for today.</summary>
    public async Task<T> Current(Func<DateOnly, Task<T>> load)
    {
        var now = clock.GetUtcNow();
        var (today, count) = (now.Day(), changes.Count);
        if (_kept is { } kept && kept.Day == today && kept.Load == count && now < kept.Until)
            return kept.Value;
        var value = await load(today);
        _kept = new Kept(value, today, count, now + Lifetime);
        return value;
    }

    private sealed record Kept(T Value, DateOnly Day, int Load, DateTimeOffset Until);
}
