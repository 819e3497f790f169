using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Complaints;

/// <summary>One thing that happened to a complaint: append-only, a trigger refuses update and delete. The detail is JSON without personal data.</summary>
internal sealed class ComplaintEvent
{
    public required Guid ComplaintId { get; init; }

    public required int Sequence { get; init; }

    public required string Kind { get; init; }

    public required int Round { get; init; }

    public required ComplaintState State { get; init; }

    public required Guid ActorId { get; init; }

    /// <summary>How the actor is shown: 系统, 诉求人, or the masked name of staff.</summary>
    public required string Actor { get; init; }

    public string? Unit { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Detail { get; init; }

    /// <summary>A sentence for the citizen; null when it is no business of his.</summary>
    public string? Told { get; init; }
}

internal sealed class ComplaintEventConfiguration : IEntityTypeConfiguration<ComplaintEvent>
{
    public void Configure(EntityTypeBuilder<ComplaintEvent> builder)
    {
        builder.ToTable("events", "complaints");
        builder.HasKey(e => new { e.ComplaintId, e.Sequence });
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Actor).HasMaxLength(60);
        builder.Property(e => e.Unit).HasMaxLength(60);
        builder.Property(e => e.Detail).HasMaxLength(4000);
        builder.Property(e => e.Told).HasMaxLength(600);
        builder.HasOne<Complaint>().WithMany().HasForeignKey(e => e.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}
