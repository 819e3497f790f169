using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>
/// A member of staff （工作人员）: roles, department, and the second factor, which is mandatory （等保 2.0 level 3）.
/// The time-based code is our own, not Identity's, for three reasons: its secret is encrypted at rest, a code counts
/// once only, and it follows the portal's clock.
/// </summary>
internal sealed class StaffMember
{
    public const string TotpPurpose = "identity.totp";
    public static readonly TimeSpan OneTimePasswordLifetime = TimeSpan.FromHours(72);

    public required Guid UserId { get; init; }

    public required string StaffNumber { get; init; }

    public required string Name { get; init; }

    public required string DepartmentCode { get; set; }

    public required List<string> Roles { get; set; }

    public bool Active { get; set; } = true;

    public byte[]? TotpSecret { get; private set; }

    /// <summary>Set when the first code was right: before that the authenticator does not count.</summary>
    public DateTimeOffset? TotpConfirmedAt { get; private set; }

    /// <summary>The time step of the last accepted code; a code counts once.</summary>
    public long TotpLastStep { get; private set; }

    /// <summary>Set while the password is one that an administrator gave: until then the person must replace it.</summary>
    public DateTimeOffset? OneTimePasswordUntil { get; private set; }

    public bool IsActiveAdministrator => Active && Roles.Contains(Kernel.Roles.SystemAdministrator);

    public void OfferTotp(byte[] secret)
    {
        if (TotpConfirmedAt is not null)
            throw new InvalidOperationException("The authenticator is already confirmed.");
        TotpSecret = secret;
    }

    public void ConfirmTotp(DateTimeOffset now) => TotpConfirmedAt ??= now;

    /// <summary>A new password was given: the authenticator is forgotten.</summary>
    public void GiveOneTimePassword(DateTimeOffset now)
    {
        (TotpSecret, TotpConfirmedAt) = (null, null);
        OneTimePasswordUntil = now + OneTimePasswordLifetime;
    }

    public void ReplaceOneTimePassword() => OneTimePasswordUntil = null;
}

internal sealed class StaffMemberConfiguration : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.ToTable("staff_members", "identity");
        builder.HasKey(s => s.UserId);
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<StaffMember>(s => s.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(s => s.StaffNumber).HasMaxLength(20);
        builder.Property(s => s.Name).HasMaxLength(50);
        builder.Property(s => s.DepartmentCode).HasMaxLength(60);
        builder.HasIndex(s => s.StaffNumber).IsUnique();
    }
}
