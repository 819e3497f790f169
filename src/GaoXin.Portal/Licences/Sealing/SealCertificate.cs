using System.Security.Cryptography.X509Certificates;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Licences.Sealing;

/// <summary>A certificate that sealed or seals licences. Only what is listed here is trusted when a licence is checked.</summary>
internal sealed class SealCertificate
{
    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public required string Thumbprint { get; init; }

    public required byte[] Certificate { get; init; }

    /// <summary>The demo certificate's PFX, protected; null for certificates whose key is kept outside.</summary>
    public byte[]? ProtectedKey { get; init; }

    public required bool IsDemo { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static string ThumbprintOf(X509Certificate2 certificate) =>
        certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant();
}

internal static class SealSets
{
    extension(PortalDbContext db)
    {
        public DbSet<SealCertificate> SealCertificates => db.Set<SealCertificate>();
    }
}

internal sealed class SealCertificateConfiguration : IEntityTypeConfiguration<SealCertificate>
{
    public void Configure(EntityTypeBuilder<SealCertificate> builder)
    {
        builder.ToTable("seal_certificates", "licences");
        builder.HasKey(c => c.Thumbprint);
        builder.Property(c => c.Thumbprint).HasMaxLength(64);
    }
}
