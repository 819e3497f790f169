using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Registration;

/// <summary>Where a market entity stands. 歇业 is no state of its own: it is a period that ends by itself, see <see cref="Procedures.Suspension"/>.</summary>
public enum EntityStatus
{
    /// <summary>存续.</summary>
    Registered,

    /// <summary>注销.</summary>
    Deregistered,

    /// <summary>撤销登记.</summary>
    Revoked,
}

/// <summary>A market entity (经营主体) in the register, as it stands today; the past is in its versions.</summary>
internal sealed class MarketEntity
{
    public const string RepresentativePurpose = "registration.representative";
    public const string RepresentativeKind = "registration.representative-id";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The case that set it up; null for entities older than the portal.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>统一社会信用代码.</summary>
    public required string CreditCode { get; init; }

    public required EntityKind Kind { get; init; }

    /// <summary>As written on the licence; null for an individual business without a name.</summary>
    public string? Name { get; private set; }

    /// <summary>类型, for example 有限责任公司（自然人独资）.</summary>
    public required string Type { get; init; }

    /// <summary>Name of the legal representative or operator, encrypted.</summary>
    public required byte[] RepresentativeSecret { get; init; }

    /// <summary>Keyed hash of that person's ID number.</summary>
    public required byte[] RepresentativeHash { get; init; }

    /// <summary>注册资本 in 万元.</summary>
    public decimal? Capital { get; init; }

    public required string Domicile { get; init; }

    /// <summary>The domicile as compared, for counting the entities at one address.</summary>
    public required string AddressKey { get; init; }

    public required string[] ScopeCodes { get; init; }

    public required string ScopeText { get; init; }

    public required string IndustryCode { get; init; }

    /// <summary>成立日期, the day of the licence (条例 21).</summary>
    public required DateOnly EstablishedOn { get; init; }

    public EntityStatus Status { get; private set; } = EntityStatus.Registered;

    public int Version { get; private set; } = 1;

    public MarketEntity Named(string? name)
    {
        Name = name;
        return this;
    }

    public void Revoke() => Status = EntityStatus.Revoked;

    /// <summary>The version that was true from the day of establishment.</summary>
    public MarketEntityVersion FirstVersion(byte[] details) => new()
    {
        EntityId = Id,
        Number = Version,
        Kind = Kind,
        CaseId = CaseId,
        ValidFrom = EstablishedOn,
        Details = details,
    };
}

/// <summary>The entity from a day on (一照版本): what was registered and filed, encrypted because it names persons.</summary>
internal sealed class MarketEntityVersion
{
    public const string Purpose = "registration.version";

    public required Guid EntityId { get; init; }

    /// <summary>Counts up from 1 for each entity.</summary>
    public required int Number { get; init; }

    /// <summary>What it was: an individual business may become a company (个转企) and stays the same entry.</summary>
    public required EntityKind Kind { get; init; }

    public Guid? CaseId { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>First day of the next version; null for the current one.</summary>
    public DateOnly? ValidTo { get; private set; }

    /// <summary>The filed record as JSON, encrypted.</summary>
    public required byte[] Details { get; init; }
}

/// <summary>An order of seals (印章刻制). The first set of an entity is free: there is one.</summary>
internal sealed class SealOrder
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EntityId { get; init; }

    public required Guid CaseId { get; init; }

    public required string[] Kinds { get; init; }

    public required bool Free { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }
}

/// <summary>
/// What was submitted, as registration understood it, kept encrypted until the case is decided: the decision enters
/// exactly what was checked and reserved.
/// </summary>
internal sealed class SetupApplication
{
    public const string Purpose = "registration.application";

    public required Guid CaseId { get; init; }

    public required EntityKind Kind { get; init; }

    public required Guid ApplicantId { get; init; }

    public required byte[] Payload { get; set; }

    public required DateTimeOffset SubmittedAt { get; set; }
}

internal sealed class MarketEntityConfiguration : IEntityTypeConfiguration<MarketEntity>
{
    public void Configure(EntityTypeBuilder<MarketEntity> builder)
    {
        builder.ToTable("entities", "registration", table =>
        {
            table.HasCheckConstraint("ck_entities_capital", "capital IS NULL OR capital > 0");
            table.HasCheckConstraint("ck_entities_name", "name IS NOT NULL OR kind = 'IndividualBusiness'");
        });
        builder.Property(e => e.CreditCode).HasMaxLength(18).IsFixedLength();
        builder.Property(e => e.Name).HasMaxLength(200);
        builder.Property(e => e.Type).HasMaxLength(60);
        builder.Property(e => e.Domicile).HasMaxLength(300);
        builder.Property(e => e.AddressKey).HasMaxLength(300);
        builder.Property(e => e.IndustryCode).HasMaxLength(5);
        builder.HasIndex(e => e.CreditCode).IsUnique();
        builder.HasIndex(e => e.CaseId).IsUnique();
        builder.HasIndex(e => e.AddressKey);
        builder.HasIndex(e => e.RepresentativeHash);
    }
}

internal sealed class MarketEntityVersionConfiguration : IEntityTypeConfiguration<MarketEntityVersion>
{
    public void Configure(EntityTypeBuilder<MarketEntityVersion> builder)
    {
        builder.ToTable("entity_versions", "registration", table =>
            table.HasCheckConstraint("ck_entity_versions_days", "valid_to IS NULL OR valid_to >= valid_from"));
        builder.HasKey(v => new { v.EntityId, v.Number });
        builder.HasIndex(v => v.EntityId).IsUnique().HasFilter("valid_to IS NULL").HasDatabaseName("ux_entity_versions_current");
        builder.HasOne<MarketEntity>().WithMany().HasForeignKey(v => v.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SealOrderConfiguration : IEntityTypeConfiguration<SealOrder>
{
    public void Configure(EntityTypeBuilder<SealOrder> builder)
    {
        builder.ToTable("seal_orders", "registration");
        builder.HasIndex(o => o.EntityId).IsUnique().HasFilter("free").HasDatabaseName("ux_seal_orders_first_set");
        builder.HasOne<MarketEntity>().WithMany().HasForeignKey(o => o.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SetupApplicationConfiguration : IEntityTypeConfiguration<SetupApplication>
{
    public void Configure(EntityTypeBuilder<SetupApplication> builder)
    {
        builder.ToTable("applications", "registration");
        builder.HasKey(a => a.CaseId);
    }
}
