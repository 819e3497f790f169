using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>
/// An account, of a citizen or of staff. Personal data lives in protected columns, never in Identity's own: the user
/// name is <c>c-</c> and a random id, or the staff account name.
/// </summary>
internal sealed class PortalUser : IdentityUser<Guid>
{
    public const string PhonePurpose = "identity.phone";
    public const string NamePurpose = "identity.name";
    public const string IdNumberPurpose = "identity.id-number";
    public const string PhoneKind = "phone";
    public const string IdNumberKind = "id-number";

    public bool IsStaff { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public byte[]? PhoneSecret { get; init; }

    public byte[]? PhoneHash { get; init; }

    public byte[]? NameSecret { get; private set; }

    public byte[]? IdNumberSecret { get; private set; }

    public byte[]? IdNumberHash { get; private set; }

    /// <summary>实名 is done when set.</summary>
    public DateTimeOffset? RealNameAt { get; private set; }

    /// <summary>Which registry answered, for example <c>demo</c>.</summary>
    public string? RealNameMethod { get; private set; }

    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>A citizen's account at the first sign-in with a phone.</summary>
    public static PortalUser ForPhone(byte[] phoneSecret, byte[] phoneHash, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        return new PortalUser { PhoneSecret = phoneSecret, PhoneHash = phoneHash, CreatedAt = now }.Named(id, $"c-{Guid.NewGuid():N}");
    }

    /// <summary>A staff account under its account name.</summary>
    public static PortalUser ForStaff(string accountName, DateTimeOffset now) =>
        new PortalUser { IsStaff = true, CreatedAt = now }.Named(Guid.CreateVersion7(), accountName);

    public void SignedIn(DateTimeOffset now) => LastSignInAt = now;

    /// <summary>Every cookie issued before ends within a minute, whatever its session; <see cref="OpenSessions"/> ends the sessions themselves.</summary>
    public void EndSessions() => SecurityStamp = Guid.NewGuid().ToString("N");

    /// <summary>True when both this phone and this ID number are the account's.</summary>
    public bool Carries(byte[] phoneHash, byte[] idNumberHash) => PhoneHash.AsSpan().SequenceEqual(phoneHash) && IdNumberHash.AsSpan().SequenceEqual(idNumberHash);

    /// <summary>Stores the checked real name （实名）. It can not change afterwards on the same account.</summary>
    public void RealNameVerified(byte[] name, byte[] idNumber, byte[] idNumberHash, string method, DateTimeOffset now)
    {
        if (RealNameAt is not null)
            throw new InvalidOperationException("The real name is already verified.");
        (NameSecret, IdNumberSecret, IdNumberHash) = (name, idNumber, idNumberHash);
        (RealNameMethod, RealNameAt) = (method, now);
    }

    private PortalUser Named(Guid id, string name)
    {
        Id = id;
        UserName = name;
        NormalizedUserName = name.ToUpperInvariant();
        EndSessions();
        return this;
    }
}

internal sealed class PortalUserConfiguration : IEntityTypeConfiguration<PortalUser>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder)
    {
        builder.ToTable("users", "identity", t =>
        {
            t.HasCheckConstraint("ck_users_no_plain_personal_data", "phone_number IS NULL AND email IS NULL AND normalized_email IS NULL");
            t.HasCheckConstraint("ck_users_citizen_has_phone", "is_staff OR (phone_hash IS NOT NULL AND phone_secret IS NOT NULL)");
            t.HasCheckConstraint("ck_users_real_name_whole",
                "(real_name_at IS NULL) = (id_number_hash IS NULL) AND (real_name_at IS NULL) = (id_number_secret IS NULL) AND (real_name_at IS NULL) = (name_secret IS NULL)");
        });
        builder.HasIndex(u => u.PhoneHash).IsUnique().HasDatabaseName(PhoneIndex);
        builder.HasIndex(u => u.IdNumberHash).IsUnique().HasDatabaseName(IdNumberIndex);
        builder.Property(u => u.RealNameMethod).HasMaxLength(40);
    }

    public const string PhoneIndex = "ux_users_phone_hash";
    public const string IdNumberIndex = "ux_users_id_number_hash";
}

internal sealed class UserClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("user_claims", "identity");
}

internal sealed class UserLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("user_logins", "identity");
}

internal sealed class UserTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("user_tokens", "identity");
}

internal static class IdentitySets
{
    extension(PortalDbContext db)
    {
        public DbSet<SignInCode> SignInCodes => db.Set<SignInCode>();

        public DbSet<DemoMessage> DemoMessages => db.Set<DemoMessage>();

        public DbSet<StaffMember> StaffMembers => db.Set<StaffMember>();

        public DbSet<StaffAccountChange> StaffAccountChanges => db.Set<StaffAccountChange>();

        public DbSet<Enterprise> Enterprises => db.Set<Enterprise>();

        public DbSet<EnterpriseAgent> EnterpriseAgents => db.Set<EnterpriseAgent>();

        public DbSet<PersonalDataRead> PersonalDataReads => db.Set<PersonalDataRead>();
    }
}
