using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Property;

/// <summary>
/// A registration that is on its way: one of a kind for a property unit, which the unique index holds. It keeps the unit, so
/// that the booking and the certificate need no look into the case.
/// </summary>
internal sealed class PropertyFiling
{
    public const string UnitPurpose = "property.unit";
    public const string UnitKind = "property.unit";
    public const string DetailPurpose = "property.filing";

    public required Guid CaseId { get; init; }

    public required string ServiceCode { get; init; }

    public required Guid ApplicantId { get; init; }

    public required byte[] UnitKey { get; set; }

    public required byte[] UnitSecret { get; set; }

    /// <summary>What the certificate will say, encrypted.</summary>
    public required byte[] DetailSecret { get; set; }

    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>Registered, refused or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>不动产权证号 or 不动产登记证明号.</summary>
    public string? CertificateNo { get; set; }
}

/// <summary>The lines of a certificate.</summary>
internal sealed record FilingDetail(string Location, string? Area, string? Use, string Holders, string? Shares)
{
    public override string ToString() => nameof(FilingDetail);
}

internal sealed class PropertyFilingConfiguration : IEntityTypeConfiguration<PropertyFiling>
{
    public const string OpenIndex = "ux_filings_open";

    public void Configure(EntityTypeBuilder<PropertyFiling> builder)
    {
        builder.ToTable("filings", "property");
        builder.HasKey(f => f.CaseId);
        builder.Property(f => f.ServiceCode).HasMaxLength(60);
        builder.Property(f => f.CertificateNo).HasMaxLength(60);
        builder.HasIndex(f => new { f.UnitKey, f.ServiceCode }).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName(OpenIndex);
        builder.HasIndex(f => f.CertificateNo).IsUnique().HasFilter("certificate_no IS NOT NULL");
    }
}

/// <summary>The last certificate number of a year.</summary>
internal sealed class CertificateCounter
{
    public required int Year { get; init; }

    /// <summary>不动产权证书, else 不动产登记证明.</summary>
    public required bool ForRight { get; init; }

    public required int Last { get; set; }
}

internal sealed class CertificateCounterConfiguration : IEntityTypeConfiguration<CertificateCounter>
{
    public void Configure(EntityTypeBuilder<CertificateCounter> builder)
    {
        builder.ToTable("certificate_counters", "property");
        builder.HasKey(c => new { c.Year, c.ForRight });
    }
}

internal static class PropertySets
{
    extension(PortalDbContext db)
    {
        public DbSet<PropertyFiling> PropertyFilings => db.Set<PropertyFiling>();

        public DbSet<SeizureLookUp> SeizureLookUps => db.Set<SeizureLookUp>();
    }
}
