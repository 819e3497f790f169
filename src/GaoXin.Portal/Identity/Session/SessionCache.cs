using System.Collections.Concurrent;

namespace GaoXin.Portal.Identity;

/// <summary>
/// What this instance knows about sessions, so that a page costs no statement: an open one is believed for a minute, an
/// ended one is refused at once. The end is remembered before the command commits; should the commit fail, the person
/// signs in once more, which is the safe side.
/// </summary>
internal sealed class SessionCache(TimeProvider clock)
{
    public static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, Known> _known = new();
    private long _sweptAt;

    /// <summary>True: open; false: ended; null: ask the database.</summary>
    public bool? IsOpen(Guid id) => _known.TryGetValue(id, out var known) && known.Until > clock.GetUtcNow() ? known.Open : null;

    public void Opened(Guid id, DateTimeOffset expiresAt)
    {
        var until = clock.GetUtcNow() + Believed;
        var open = new Known(true, until < expiresAt ? until : expiresAt);
        // The database may have been asked just before the end: what ended stays ended.
        _known.AddOrUpdate(id, open, (_, old) => old is { Open: false } && old.Until > clock.GetUtcNow() ? old : open);
        Sweep();
    }

    public void Ended(Guid id) => _known[id] = new Known(false, clock.GetUtcNow() + Remembered);

    private void Sweep()
    {
        var now = clock.GetUtcNow();
        var before = Interlocked.Read(ref _sweptAt);
        if (now.UtcTicks - before < Believed.Ticks || Interlocked.CompareExchange(ref _sweptAt, now.UtcTicks, before) != before)
            return;
        foreach (var (id, known) in _known)
        {
            if (known.Until <= now)
                _known.TryRemove(new KeyValuePair<Guid, Known>(id, known));
        }
    }

    private sealed record Known(bool Open, DateTimeOffset Until);
}
