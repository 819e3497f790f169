using System.Collections.Concurrent;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue;

/// <summary>
/// Definitions in memory. A version never changes, so it is kept; what is in force is kept for the day and at most half a
/// minute, because another instance may have published. Public pages are kept as long again: together a minute.
/// </summary>
internal sealed class CatalogueCache(SeedChanges changes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<object, (object? Value, DateOnly Day, int Load, DateTimeOffset Until)> _current = new();
    private readonly ConcurrentDictionary<object, object> _versions = new();

    /// <summary>What is in force, by a key.</summary>
    public async Task<T?> Current<T>(object key, Func<Task<T?>> load)
        where T : class
    {
        var now = clock.GetUtcNow();
        var count = changes.Count;
        if (_current.TryGetValue(key, out var kept) && kept.Day == now.Day() && kept.Load == count && now < kept.Until)
            return (T?)kept.Value;
        var value = await load();
        _current[key] = (value, now.Day(), count, now + Lifetime);
        return value;
    }

    /// <summary>A version, which never changes.</summary>
    public async Task<T?> Version<T>(object key, Func<Task<T?>> load)
        where T : class
    {
        if (_versions.TryGetValue(key, out var kept))
            return (T)kept;
        var value = await load();
        if (value is not null)
            _versions[key] = value;
        return value;
    }
}
