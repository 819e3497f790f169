using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Hall;

/// <summary>
/// One move of a ticket or a window: append-only (a trigger refuses update and delete), one row a version. The calls among
/// them are what screens announce, in the order of their ids. No personal data.
/// </summary>
internal sealed class HallEvent
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>The zone whose screens it concerns.</summary>
    public required string Zone { get; init; }

    /// <summary>Null for moves of a window.</summary>
    public Guid? TicketId { get; init; }

    /// <summary>The ticket's number, for moves of a ticket.</summary>
    public string? Number { get; init; }

    public string? Group { get; init; }

    public int? Window { get; init; }

    public required string Action { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int Version { get; init; }

    public required Guid ActorId { get; init; }
}

internal sealed class HallEventConfiguration : IEntityTypeConfiguration<HallEvent>
{
    public void Configure(EntityTypeBuilder<HallEvent> builder)
    {
        builder.ToTable("events", "hall");
        builder.Property(e => e.Zone).HasMaxLength(40);
        builder.Property(e => e.Number).HasMaxLength(8);
        builder.Property(e => e.Group).HasColumnName("group_code").HasMaxLength(40);
        builder.Property(e => e.Window).HasColumnName("window_number");
        builder.Property(e => e.Action).HasMaxLength(20);
        builder.Property(e => e.From).HasColumnName("from_state").HasMaxLength(20);
        builder.Property(e => e.To).HasColumnName("to_state").HasMaxLength(20);
        builder.HasIndex(e => new { e.TicketId, e.Version }).IsUnique().HasFilter("ticket_id IS NOT NULL").HasDatabaseName("ux_events_ticket_version");
        builder.HasIndex(e => new { e.Window, e.Version }).IsUnique().HasFilter("ticket_id IS NULL").HasDatabaseName("ux_events_window_version");
        builder.HasIndex(e => new { e.Day, e.Id }).HasFilter("action IN ('Call', 'Recall') AND ticket_id IS NOT NULL").HasDatabaseName("ix_events_calls");
    }
}
