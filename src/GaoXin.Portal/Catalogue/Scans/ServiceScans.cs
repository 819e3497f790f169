using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Catalogue.Scans;

/// <summary>扫码次数: how often the QR code of an item was opened on a day. A number, nothing about anybody.</summary>
internal sealed class ServiceScans
{
    public required string Code { get; init; }

    /// <summary>In Shanghai.</summary>
    public required DateOnly Day { get; init; }

    public required long Count { get; init; }
}

internal static class ScanSets
{
    extension(PortalDbContext db)
    {
        public DbSet<ServiceScans> ServiceScans => db.Set<ServiceScans>();
    }
}

internal sealed class ServiceScansConfiguration : IEntityTypeConfiguration<ServiceScans>
{
    public void Configure(EntityTypeBuilder<ServiceScans> builder)
    {
        builder.ToTable("service_scans", "catalogue", table => table.HasCheckConstraint("ck_service_scans_count", "count > 0"));
        builder.HasKey(s => new { s.Code, s.Day });
        builder.Property(s => s.Code).HasMaxLength(60);
    }
}
