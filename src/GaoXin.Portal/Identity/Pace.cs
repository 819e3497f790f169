using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>
/// How often something may happen under one key. It lives in the database, so it holds over all instances and
/// restarts. Keys are keyed hashes: the table tells nobody's phone or address.
/// </summary>
internal sealed class Pace
{
    public required byte[] Key { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public int Count { get; init; }
}

/// <summary>At most <paramref name="Times"/> in <paramref name="Window"/>, and <paramref name="Gap"/> between two.</summary>
internal sealed record PaceRule(string Kind, TimeSpan Gap, TimeSpan Window, int Times);

/// <summary>
/// After so many turns the next one has to wait: <paramref name="Seconds"/> holds the wait after one, two, three … turns, the
/// last of them for all that follow. Silence for <paramref name="Forgotten"/> begins anew.
/// </summary>
internal sealed record GrowingPace(string Kind, TimeSpan Forgotten, int[] Seconds);

/// <summary>Takes a turn, or answers false. One statement decides, so racing callers cannot both take the last turn.</summary>
internal sealed class Pacing(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock)
{
    public async Task<bool> Take(PaceRule rule, string who, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = Key(rule, who);
        var (gapEnd, windowStart, times) = (now - rule.Gap, now - rule.Window, rule.Times);
        var changed = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO identity.paces AS p (key, started_at, last_at, count) VALUES ({key}, {now}, {now}, 1)
            ON CONFLICT (key) DO UPDATE SET
                started_at = CASE WHEN p.started_at <= {windowStart} THEN {now} ELSE p.started_at END,
                count = CASE WHEN p.started_at <= {windowStart} THEN 1 ELSE p.count + 1 END,
                last_at = {now}
            WHERE p.last_at <= {gapEnd} AND (p.started_at <= {windowStart} OR p.count < {times})
            """, ct);
        return changed == 1;
    }

    public async Task<bool> Take(GrowingPace rule, string who, CancellationToken ct)
    {
        var (now, key, seconds, most) = (clock.GetUtcNow(), Key(rule, who), rule.Seconds, rule.Seconds.Length);
        var forgotten = now - rule.Forgotten;
        var changed = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO identity.paces AS p (key, started_at, last_at, count) VALUES ({key}, {now}, {now}, 1)
            ON CONFLICT (key) DO UPDATE SET
                started_at = CASE WHEN p.last_at <= {forgotten} THEN {now} ELSE p.started_at END,
                count = CASE WHEN p.last_at <= {forgotten} THEN 1 ELSE p.count + 1 END,
                last_at = {now}
            WHERE p.last_at <= {forgotten} OR p.last_at + ({seconds})[GREATEST(1, LEAST(p.count, {most}))] * interval '1 second' <= {now}
            """, ct);
        return changed == 1;
    }

    /// <summary>The last turn does not count.</summary>
    public Task GiveBack(GrowingPace rule, string who, CancellationToken ct)
    {
        var key = Key(rule, who);
        return db.Database.ExecuteSqlAsync($"UPDATE identity.paces SET count = GREATEST(0, count - 1) WHERE key = {key}", ct);
    }

    /// <summary>Forgets all turns.</summary>
    public Task Clear(GrowingPace rule, string who, CancellationToken ct)
    {
        var key = Key(rule, who);
        return db.Database.ExecuteSqlAsync($"DELETE FROM identity.paces WHERE key = {key}", ct);
    }

    /// <summary>How many turns were taken in the window.</summary>
    public async Task<int> Count(PaceRule rule, string who, CancellationToken ct)
    {
        var (key, windowStart) = (Key(rule, who), clock.GetUtcNow() - rule.Window);
        return await db.Set<Pace>().Where(p => p.Key == key && p.StartedAt > windowStart).Select(p => p.Count).SingleOrDefaultAsync(ct);
    }

    /// <summary>The last turn does not count.</summary>
    public Task GiveBack(PaceRule rule, string who, CancellationToken ct)
    {
        var key = Key(rule, who);
        return db.Database.ExecuteSqlAsync($"UPDATE identity.paces SET count = GREATEST(0, count - 1) WHERE key = {key}", ct);
    }

    /// <summary>Forgets all turns.</summary>
    public Task Clear(PaceRule rule, string who, CancellationToken ct)
    {
        var key = Key(rule, who);
        return db.Database.ExecuteSqlAsync($"DELETE FROM identity.paces WHERE key = {key}", ct);
    }

    private byte[] Key(PaceRule rule, string who) => cipher.Hash(who, $"pace.{rule.Kind}");

    private byte[] Key(GrowingPace rule, string who) => cipher.Hash(who, $"pace.{rule.Kind}");
}

internal sealed class PaceConfiguration : IEntityTypeConfiguration<Pace>
{
    public void Configure(EntityTypeBuilder<Pace> builder)
    {
        builder.ToTable("paces", "identity");
        builder.HasKey(p => p.Key);
        builder.HasIndex(p => p.LastAt);
    }
}
