using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>Somebody in the waiting room (候场) of a release. Who came in time is shuffled, so that speed gives nothing.</summary>
internal sealed class RoomEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ReleaseId { get; init; }

    public required byte[] PersonKey { get; init; }

    public required Guid AccountId { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public int? Rank { get; set; }

    public DateTimeOffset? TurnAt { get; set; }
}

internal sealed class RoomEntryConfiguration : IEntityTypeConfiguration<RoomEntry>
{
    public void Configure(EntityTypeBuilder<RoomEntry> builder)
    {
        builder.ToTable("room_entries", "appointments");
        builder.HasIndex(e => new { e.ReleaseId, e.PersonKey }).IsUnique();
        builder.HasIndex(e => new { e.ReleaseId, e.Rank }).IsUnique().HasFilter("rank IS NOT NULL");
        builder.HasOne<Release>().WithMany().HasForeignKey(e => e.ReleaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal static class RoomSet
{
    extension(PortalDbContext db)
    {
        public DbSet<RoomEntry> RoomEntries => db.Set<RoomEntry>();
    }
}
