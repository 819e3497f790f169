using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>
/// Stores the definitions in one transaction, one instance at a time. A start whose files are unchanged reads one row.
/// </summary>
internal sealed partial class SeedLoader(
    SeedReader reader, IEnumerable<ISeedKind> kinds, SeedChanges changes, PortalDbContext db, TimeProvider clock, ILogger<SeedLoader> logger)
{
    private const long LockKey = 0x5EED;

    /// <summary>Loads; the answer is the number of rows changed. Throws <see cref="SeedFaultsException"/>.</summary>
    public async Task<int> Load(CancellationToken ct)
    {
        var fingerprint = await reader.Fingerprint(ct);
        if (await db.Set<SeedLoad>().AnyAsync(l => l.Hash == fingerprint, ct))
            return 0;
        var faults = new SeedFaults();
        var seeds = await reader.Read(faults, ct);
        Refuse(faults);
        var changed = 0;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
            foreach (var kind in kinds)
                changed += await kind.Store(seeds, db, faults, ct);
            Refuse(faults);
            await Remember(seeds.Hash, changed, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        changes.Happened();
        Loaded(changed, seeds.Hash[..12]);
        return changed;
    }

    private async Task Remember(string hash, int changed, CancellationToken ct)
    {
        var record = await db.Set<SeedLoad>().SingleOrDefaultAsync(ct);
        if (record is null)
            db.Add(record = new SeedLoad());
        record.Loaded(hash, changed, clock.GetUtcNow());
    }

    private void Refuse(SeedFaults faults)
    {
        if (faults.Count == 0)
            return;
        db.ChangeTracker.Clear();
        throw new SeedFaultsException(faults.All);
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Information, Message = "Definitions loaded: {Changed} rows changed, content {Hash}")]
    private partial void Loaded(int changed, string hash);
}

/// <summary>Tells the caches of this process that definitions changed.</summary>
internal sealed class SeedChanges
{
    private int _count;

    /// <summary>Grows with every load that stored something.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Happened() => Interlocked.Increment(ref _count);
}

/// <summary>What was loaded last: one row.</summary>
internal sealed class SeedLoad
{
    public int Id { get; init; } = 1;

    public string Hash { get; private set; } = "";

    public int RowsChanged { get; private set; }

    public DateTimeOffset LoadedAt { get; private set; }

    public void Loaded(string hash, int rowsChanged, DateTimeOffset now) => (Hash, RowsChanged, LoadedAt) = (hash, rowsChanged, now);
}

internal sealed class SeedLoadConfiguration : IEntityTypeConfiguration<SeedLoad>
{
    public void Configure(EntityTypeBuilder<SeedLoad> builder)
    {
        builder.ToTable("seed_load", "kernel", table => table.HasCheckConstraint("ck_seed_load_single", "id = 1"));
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Hash).HasMaxLength(64);
    }
}
