using System.Security.Cryptography;
using System.Text;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Licences;

/// <summary>One version of an electronic licence (电子证照). The printed file and the facts never change after issue.</summary>
internal sealed class IssuedLicence
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string NumberLabel { get; init; }

    /// <summary>Whose licence it is, for example the unified social credit code. Versions count per kind and holder.</summary>
    public required string HolderKey { get; init; }

    public required string HolderName { get; init; }

    public required string Issuer { get; init; }

    public required int Version { get; init; }

    public required string Identifier { get; init; }

    public required string VerifyCode { get; init; }

    public required List<StoredFact> Facts { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public required DateOnly? ValidTo { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required string CertificateThumbprint { get; init; }

    /// <summary>Code points printed as 〓 because the font lacks them, for example <c>U+2A6D7</c>.</summary>
    public string? MissingCharacters { get; init; }

    public Guid? SupersededBy { get; private set; }

    public DateTimeOffset? SupersededAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public string? RevocationReason { get; private set; }

    public Guid? RevokedBy { get; private set; }

    /// <summary>When its holder gave it up (注销).</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Revocation and cancellation outlive supersession: such a version stays what it is when a new one follows.</summary>
    public LicenceState StateOn(DateOnly day) =>
        RevokedAt is not null ? LicenceState.Revoked
        : CancelledAt is not null ? LicenceState.Cancelled
        : SupersededBy is not null ? LicenceState.Superseded
        : ValidTo < day ? LicenceState.Expired
        : LicenceState.Valid;

    public void Revoke(string reason, Guid officer, DateTimeOffset now)
    {
        if (RevokedAt is not null)
            throw LicenceRefusals.AlreadyRevoked();
        if (SupersededBy is not null)
            throw LicenceRefusals.NotTheCurrentVersion();
        (RevokedAt, RevokedBy, RevocationReason) = (now, officer, reason);
    }

    /// <summary>Covers all that the public page says. It is printed into the signed file, so an edited record is found out.</summary>
    public static string HashOf(string identifier, string title, string holderKey, string holderName, string issuer,
        DateOnly validFrom, DateOnly? validTo, IEnumerable<LicenceFact> facts)
    {
        string[] parts = [identifier, title, holderKey, holderName, issuer, $"{validFrom:yyyy-MM-dd}", $"{validTo:yyyy-MM-dd}",
            .. facts.SelectMany(f => (string[])[f.Label, f.Value, f.Personal ? "personal" : "public"])];
        var text = string.Concat(parts.Select(p => $"{p.Length}:{p}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>A fact as stored; a personal value is encrypted.</summary>
internal sealed class StoredFact
{
    private const string Purpose = "licences.fact";

    public required string Label { get; init; }

    public required string Value { get; init; }

    public bool Personal { get; init; }

    public static StoredFact Of(LicenceFact fact, PersonalDataCipher cipher) => new()
    {
        Label = fact.Label,
        Value = fact.Personal ? Convert.ToBase64String(cipher.Protect(fact.Value, Purpose)) : fact.Value,
        Personal = fact.Personal,
    };

    public LicenceFact Open(PersonalDataCipher cipher) =>
        new(Label, Personal ? cipher.Unprotect(Convert.FromBase64String(Value), Purpose) : Value, Personal);
}

/// <summary>The signed file, apart from the record so that lists never read it.</summary>
internal sealed class LicenceContent
{
    private const string Purpose = "licences.file";

    public required Guid LicenceId { get; init; }

    /// <summary>The signed file, encrypted: it prints what is personal.</summary>
    public required byte[] Bytes { get; init; }

    public static LicenceContent Of(Guid licence, byte[] file, PersonalDataCipher cipher) => new() { LicenceId = licence, Bytes = cipher.Protect(file, Purpose) };

    /// <summary>The file as issued; null when the stored bytes were altered.</summary>
    public static byte[]? Open(byte[]? stored, PersonalDataCipher cipher)
    {
        try
        {
            return stored is null ? null : cipher.UnprotectBytes(stored, Purpose);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>An account that may see and download the licence.</summary>
internal sealed class LicenceHolder
{
    public required Guid LicenceId { get; init; }

    public required Guid UserId { get; init; }
}

internal static class LicenceSets
{
    extension(PortalDbContext db)
    {
        public DbSet<IssuedLicence> IssuedLicences => db.Set<IssuedLicence>();

        public DbSet<LicenceContent> LicenceContents => db.Set<LicenceContent>();

        public DbSet<LicenceHolder> LicenceHolders => db.Set<LicenceHolder>();

        public DbSet<HolderStanding> HolderStandings => db.Set<HolderStanding>();

        /// <summary>The licences an account holds.</summary>
        public IQueryable<IssuedLicence> LicencesOf(Guid userId) =>
            db.Set<IssuedLicence>().Where(l => db.Set<LicenceHolder>().Any(h => h.LicenceId == l.Id && h.UserId == userId));
    }
}

internal sealed class IssuedLicenceConfiguration : IEntityTypeConfiguration<IssuedLicence>
{
    public void Configure(EntityTypeBuilder<IssuedLicence> builder)
    {
        builder.ToTable("licences", "licences", table =>
        {
            table.HasCheckConstraint("ck_licences_version", "version BETWEEN 1 AND 999");
            table.HasCheckConstraint("ck_licences_revoked", "(revoked_at IS NULL) = (revocation_reason IS NULL) AND (revoked_at IS NULL) = (revoked_by IS NULL)");
            table.HasCheckConstraint("ck_licences_superseded", "(superseded_by IS NULL) = (superseded_at IS NULL)");
            table.HasCheckConstraint("ck_licences_validity", "valid_to IS NULL OR valid_to >= valid_from");
        });
        builder.Property(l => l.Kind).HasMaxLength(60);
        builder.Property(l => l.Title).HasMaxLength(100);
        builder.Property(l => l.NumberLabel).HasMaxLength(40);
        builder.Property(l => l.HolderKey).HasMaxLength(40);
        builder.Property(l => l.HolderName).HasMaxLength(300);
        builder.Property(l => l.Issuer).HasMaxLength(100);
        builder.Property(l => l.Identifier).HasMaxLength(140);
        builder.Property(l => l.VerifyCode).HasMaxLength(VerifyCode.Length);
        builder.Property(l => l.Sha256).HasMaxLength(64);
        builder.Property(l => l.CertificateThumbprint).HasMaxLength(64);
        builder.Property(l => l.MissingCharacters).HasMaxLength(500);
        builder.Property(l => l.RevocationReason).HasMaxLength(500);
        builder.OwnsMany(l => l.Facts, facts => facts.ToJson());
        builder.HasIndex(l => l.VerifyCode).IsUnique();
        builder.HasIndex(l => l.Identifier).IsUnique();
        builder.HasIndex(l => l.Sha256).IsUnique();
        builder.HasIndex(l => new { l.CaseId, l.Kind }).IsUnique();
        builder.HasIndex(l => new { l.Kind, l.HolderKey, l.Version }).IsUnique();
        builder.HasIndex(l => new { l.Kind, l.HolderKey }).IsUnique().HasFilter("superseded_by IS NULL").HasDatabaseName("ux_licences_current");
    }
}

internal sealed class LicenceContentConfiguration : IEntityTypeConfiguration<LicenceContent>
{
    public void Configure(EntityTypeBuilder<LicenceContent> builder)
    {
        builder.ToTable("licence_contents", "licences");
        builder.HasKey(c => c.LicenceId);
        builder.HasOne<IssuedLicence>().WithOne().HasForeignKey<LicenceContent>(c => c.LicenceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LicenceHolderConfiguration : IEntityTypeConfiguration<LicenceHolder>
{
    public void Configure(EntityTypeBuilder<LicenceHolder> builder)
    {
        builder.ToTable("licence_holders", "licences");
        builder.HasKey(h => new { h.LicenceId, h.UserId });
        builder.HasIndex(h => h.UserId);
        builder.HasOne<IssuedLicence>().WithMany().HasForeignKey(h => h.LicenceId).OnDelete(DeleteBehavior.Restrict);
    }
}
