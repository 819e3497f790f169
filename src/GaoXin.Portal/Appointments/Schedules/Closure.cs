using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>A zone is closed for a time (停办): no slots then, and whoever had one is moved and told.</summary>
internal sealed class Closure
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Zone { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required string Reason { get; init; }

    public required Guid ClosedBy { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    public DateTimeOffset? ReopenedAt { get; set; }
}

internal sealed class ClosureConfiguration : IEntityTypeConfiguration<Closure>
{
    public void Configure(EntityTypeBuilder<Closure> builder)
    {
        builder.ToTable("closures", "appointments", t => t.HasCheckConstraint("ck_closures_ends_later", "\"to\" > \"from\""));
        builder.Property(c => c.Zone).HasMaxLength(60);
        builder.Property(c => c.Reason).HasMaxLength(200);
        builder.HasIndex(c => new { c.Zone, c.To });
    }
}

internal static class ClosureSet
{
    extension(PortalDbContext db)
    {
        public DbSet<Closure> Closures => db.Set<Closure>();

        /// <summary>What is closed now or later.</summary>
        public Task<List<Closure>> ComingClosures(DateTimeOffset now, CancellationToken ct) =>
            db.Closures.AsNoTracking().Where(c => c.To > now && c.ReopenedAt == null).OrderBy(c => c.From).ThenBy(c => c.Id).ToListAsync(ct);
    }
}
