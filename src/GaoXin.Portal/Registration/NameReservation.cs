using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Registration;

/// <summary>
/// A name that is taken at the registration authority: reserved by a case for two months (名称规定 art. 18) and as long as
/// that case is open, or held by a registered entity without end. Two unique indexes over what is not released decide
/// every race.
/// </summary>
internal sealed class NameReservation
{
    public const int MonthsReserved = 2;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Authority { get; init; }

    public required EntityKind Kind { get; init; }

    /// <summary>The case that reserved it; null for names that were registered before the portal.</summary>
    public Guid? CaseId { get; init; }

    public Guid? EntityId { get; private set; }

    /// <summary>As written on the licence.</summary>
    public required string Name { get; init; }

    /// <summary>The whole name without spaces and brackets.</summary>
    public required string NameKey { get; init; }

    public required string TradeName { get; init; }

    public required string Industry { get; init; }

    /// <summary>Trade name and industry: what must be unique.</summary>
    public required string Core { get; init; }

    /// <summary>The characters of the name in order, to find the same parts in another order.</summary>
    public required string Letters { get; init; }

    /// <summary>Pinyin of the trade name.</summary>
    public required string Sound { get; init; }

    public required string[] Bigrams { get; init; }

    public required DateOnly ReservedOn { get; init; }

    /// <summary>Last day of the reservation, unless its case is still open; null while an entity holds it.</summary>
    public DateOnly? ExpiresOn { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    public NameKey Key => new(NameKey, TradeName, Industry);

    public static NameReservation Of(CompanyName name, EntityKind kind, string authority, Guid? caseId, NameVocabulary words, DateOnly today)
    {
        var key = Registration.NameKey.Of(name);
        return new NameReservation
        {
            Authority = authority,
            Kind = kind,
            CaseId = caseId,
            Name = name.Full,
            NameKey = key.Full,
            TradeName = key.TradeName,
            Industry = key.Industry,
            Core = key.Core,
            Letters = LettersOf(key.Full),
            Sound = words.Sound(key.TradeName),
            Bigrams = key.Bigrams,
            ReservedOn = today,
            ExpiresOn = today.AddMonths(MonthsReserved),
        };
    }

    public static string LettersOf(string key) => string.Concat(key.Order());

    /// <summary>The entity is registered: the name is its own, without end.</summary>
    public void HoldFor(Guid entityId)
    {
        EntityId = entityId;
        ExpiresOn = null;
    }

    public void Release(DateTimeOffset now) => ReleasedAt ??= now;
}

internal sealed class NameReservationConfiguration : IEntityTypeConfiguration<NameReservation>
{
    private const string Active = "released_at IS NULL";

    public void Configure(EntityTypeBuilder<NameReservation> builder)
    {
        builder.ToTable("names", "registration", table =>
        {
            table.HasCheckConstraint("ck_names_core", "core = trade_name || industry AND length(trade_name) > 0");
            table.HasCheckConstraint("ck_names_expiry", "expires_on IS NOT NULL OR entity_id IS NOT NULL");
        });
        builder.Ignore(n => n.Key);
        builder.Property(n => n.Authority).HasMaxLength(6);
        builder.Property(n => n.Name).HasMaxLength(200);
        builder.Property(n => n.NameKey).HasMaxLength(200);
        builder.Property(n => n.TradeName).HasMaxLength(60);
        builder.Property(n => n.Industry).HasMaxLength(80);
        builder.Property(n => n.Core).HasMaxLength(140);
        builder.Property(n => n.Letters).HasMaxLength(200);
        builder.Property(n => n.Sound).HasMaxLength(300);
        builder.HasIndex(n => new { n.Authority, n.Kind, n.Core }).IsUnique().HasFilter(Active).HasDatabaseName("ux_names_core");
        builder.HasIndex(n => new { n.Authority, n.Kind, n.NameKey }).IsUnique().HasFilter(Active).HasDatabaseName("ux_names_name");
        builder.HasIndex(n => n.CaseId).IsUnique().HasFilter(Active).HasDatabaseName("ux_names_case");
        builder.HasIndex(n => n.Bigrams).HasMethod("gin").HasDatabaseName("ix_names_bigrams");
        builder.HasIndex(n => n.Sound);
        builder.HasIndex(n => n.Letters);
    }
}

internal static class RegistrationSets
{
    extension(PortalDbContext db)
    {
        public DbSet<NameReservation> Names => db.Set<NameReservation>();

        public DbSet<MarketEntity> MarketEntities => db.Set<MarketEntity>();

        public DbSet<MarketEntityVersion> MarketEntityVersions => db.Set<MarketEntityVersion>();

        public DbSet<SetupApplication> SetupApplications => db.Set<SetupApplication>();

        public DbSet<RegisterProcedure> RegisterProcedures => db.Set<RegisterProcedure>();

        public DbSet<Suspension> Suspensions => db.Set<Suspension>();

        public DbSet<DeregistrationNotice> DeregistrationNotices => db.Set<DeregistrationNotice>();

        public DbSet<DeregistrationObjection> DeregistrationObjections => db.Set<DeregistrationObjection>();

        public DbSet<EntityMark> EntityMarks => db.Set<EntityMark>();

        public DbSet<SealOrder> SealOrders => db.Set<SealOrder>();

        public DbSet<RestrictedPerson> RestrictedPersons => db.Set<RestrictedPerson>();
    }
}
