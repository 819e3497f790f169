using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>
/// One sign-in on one device. The cookie carries its id and is worth nothing once the row has ended, however often it was
/// copied. Neither address nor full browser name is kept.
/// </summary>
internal sealed class StoredSession
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    /// <summary>For the person to recognise it, for example <c>Chrome，Windows</c>.</summary>
    public required string Device { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Exact to a minute: the check writes it, and checks at most once a minute and instance.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The absolute end, however busy the session is.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed class StoredSessionConfiguration : IEntityTypeConfiguration<StoredSession>
{
    public void Configure(EntityTypeBuilder<StoredSession> builder)
    {
        builder.ToTable("sessions", "identity", t => t.HasCheckConstraint("ck_sessions_expire_later", "expires_at > started_at"));
        builder.Property(s => s.Device).HasMaxLength(60);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => s.AccountId).HasFilter("ended_at IS NULL");
        builder.HasIndex(s => s.ExpiresAt);
    }
}

internal static class SessionSets
{
    extension(PortalDbContext db)
    {
        public DbSet<StoredSession> Sessions => db.Set<StoredSession>();
    }
}
