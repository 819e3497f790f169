using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.OneThing.Connectors;

/// <summary>
/// What an outside party (bank, tax, water works …) was asked to decide: one for each case. Its id is the idempotency key, so a
/// party that gets it twice does it once.
/// </summary>
internal sealed class PartyOrder
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required string CaseNumber { get; init; }

    public required string Party { get; init; }

    public required string ServiceCode { get; init; }

    public required int ServiceVersion { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public int Attempts { get; private set; }

    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>The type of the last fault; null when the party took it.</summary>
    public string? LastError { get; private set; }

    /// <summary>When the party said that it has it.</summary>
    public DateTimeOffset? TakenAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public bool? Approved { get; private set; }

    public void Taken(DateTimeOffset now)
    {
        Attempts++;
        (LastAttemptAt, LastError, TakenAt) = (now, null, TakenAt ?? now);
    }

    public void Failed(string error, DateTimeOffset now)
    {
        Attempts++;
        (LastAttemptAt, LastError) = (now, error);
    }

    /// <summary>True the first time: an answer that comes again is the same answer.</summary>
    public bool Answer(bool approved, DateTimeOffset now)
    {
        if (AnsweredAt is not null)
            return false;
        (AnsweredAt, Approved, TakenAt) = (now, approved, TakenAt ?? now);
        return true;
    }
}

/// <summary>
/// How a party's connector is doing, and its circuit breaker (熔断): after several faults in a row nobody knocks for a while, then one
/// order tries. Kept in the database, so that all instances know.
/// </summary>
internal sealed class PartyHealth
{
    private const int FaultsToOpen = 5;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    public required string Party { get; init; }

    public int FaultsInARow { get; private set; }

    public DateTimeOffset? OpenUntil { get; private set; }

    public DateTimeOffset? LastGoodAt { get; private set; }

    public DateTimeOffset? LastFaultAt { get; private set; }

    public string? LastError { get; private set; }

    public bool IsOpen(DateTimeOffset now) => OpenUntil > now;

    public void Good(DateTimeOffset now) => (FaultsInARow, OpenUntil, LastGoodAt) = (0, null, now);

    public void Fault(string error, DateTimeOffset now)
    {
        FaultsInARow++;
        (LastFaultAt, LastError) = (now, error);
        if (FaultsInARow >= FaultsToOpen)
            OpenUntil = now + Rest;
    }

    /// <summary>Staff ask to try at once.</summary>
    public void CloseCircuit() => OpenUntil = null;
}

internal static class ConnectorSets
{
    extension(PortalDbContext db)
    {
        public DbSet<PartyOrder> PartyOrders => db.Set<PartyOrder>();

        public DbSet<PartyHealth> PartyHealth => db.Set<PartyHealth>();

        /// <summary>The order, locked until the transaction ends.</summary>
        public async Task<PartyOrder?> LockOrder(Guid id, CancellationToken ct) =>
            (await db.PartyOrders.FromSql($"SELECT * FROM one_thing.party_orders WHERE id = {id} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();
    }
}

internal sealed class PartyOrderConfiguration : IEntityTypeConfiguration<PartyOrder>
{
    public void Configure(EntityTypeBuilder<PartyOrder> builder)
    {
        builder.ToTable("party_orders", "one_thing", t => t.HasCheckConstraint("ck_party_orders_answer", "(answered_at IS NULL) = (approved IS NULL)"));
        builder.Property(o => o.CaseNumber).HasMaxLength(20);
        builder.Property(o => o.Party).HasMaxLength(40);
        builder.Property(o => o.ServiceCode).HasMaxLength(60);
        builder.Property(o => o.LastError).HasMaxLength(80);
        builder.HasIndex(o => o.CaseId).IsUnique();
        builder.HasIndex(o => new { o.Party, o.PlacedAt }).HasFilter("answered_at IS NULL").HasDatabaseName("ix_party_orders_backlog");
    }
}

internal sealed class PartyHealthConfiguration : IEntityTypeConfiguration<PartyHealth>
{
    public void Configure(EntityTypeBuilder<PartyHealth> builder)
    {
        builder.ToTable("party_health", "one_thing");
        builder.HasKey(h => h.Party);
        builder.Property(h => h.Party).HasMaxLength(40);
        builder.Property(h => h.LastError).HasMaxLength(80);
    }
}
