using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments;

/// <summary>How the places of a release are given out.</summary>
public enum ReleaseMode
{
    /// <summary>先到先得, with hold-back.</summary>
    Open,

    /// <summary>候场: everybody who came before or within some minutes of the release is shuffled.</summary>
    WaitingRoom,

    /// <summary>摇号.</summary>
    Draw,
}

/// <summary>What part of the hall's day a slot belongs to.</summary>
public enum SessionKind
{
    /// <summary>工作时间.</summary>
    Day,

    /// <summary>午间.</summary>
    Lunch,

    /// <summary>延时.</summary>
    Evening,

    /// <summary>周末.</summary>
    Weekend,
}

/// <summary>Who may take a free seat.</summary>
internal enum SeatPool
{
    /// <summary>Anybody, on the public page.</summary>
    Open,

    /// <summary>Telephone, kiosk and counter.</summary>
    Desk,

    /// <summary>Applicants of the draw.</summary>
    Draw,

    /// <summary>Given back: the head of the waiting list, never the public page.</summary>
    Waiting,

    /// <summary>Given back and nobody waited: in the hall with the identity card, within a day.</summary>
    SameDay,
}

/// <summary>The places of one service group that come out together: a day, or a week for a draw.</summary>
internal sealed class Release
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string ServiceGroup { get; init; }

    public required DateOnly FromDay { get; init; }

    public required DateOnly ToDay { get; init; }

    public required ReleaseMode Mode { get; init; }

    /// <summary>From when places can be taken, the room is open for its minutes, or applications are taken.</summary>
    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>The room is shuffled, or applications end; null for open releases.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>The room was shuffled or the draw was held.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>From when places need no turn any more.</summary>
    public DateTimeOffset? FreeFrom { get; set; }
}

/// <summary>A time (时段) of a service group.</summary>
internal sealed class Slot
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ReleaseId { get; init; }

    public required string ServiceGroup { get; init; }

    public required string Zone { get; init; }

    public required DateOnly Day { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required SessionKind Session { get; init; }

    /// <summary>No more places are given out: the hall is closed then, or the hours have changed.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

/// <summary>One place of a slot: the unit that is locked, so that two people never get the same one.</summary>
internal sealed class Seat
{
    public long Id { get; init; }

    public required Guid SlotId { get; init; }

    public required int Lane { get; init; }

    public required SeatPool Pool { get; set; }

    public required DateTimeOffset ReleaseAt { get; init; }

    public Guid? AppointmentId { get; set; }
}

/// <summary>How many of a group may come in an ISO week; the check constraint refuses the one too many.</summary>
internal sealed class WeeklyQuota
{
    public required string ServiceGroup { get; init; }

    /// <summary>The Monday.</summary>
    public required DateOnly Week { get; init; }

    public required int Quota { get; set; }

    public int Used { get; set; }
}

internal sealed class ReleaseConfiguration : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.ToTable("releases", "appointments", t => t.HasCheckConstraint("ck_releases_days", "to_day >= from_day"));
        builder.Property(r => r.ServiceGroup).HasMaxLength(60);
        builder.HasIndex(r => new { r.ServiceGroup, r.FromDay }).IsUnique();
        builder.HasIndex(r => r.ClosesAt).HasFilter("decided_at IS NULL AND closes_at IS NOT NULL").HasDatabaseName("ix_releases_undecided");
    }
}

internal sealed class SlotConfiguration : IEntityTypeConfiguration<Slot>
{
    public void Configure(EntityTypeBuilder<Slot> builder)
    {
        builder.ToTable("slots", "appointments", t => t.HasCheckConstraint("ck_slots_ends_after_start", "ends_at > starts_at"));
        builder.Property(s => s.ServiceGroup).HasMaxLength(60);
        builder.Property(s => s.Zone).HasMaxLength(60);
        builder.HasIndex(s => new { s.ServiceGroup, s.StartsAt }).IsUnique();
        builder.HasIndex(s => s.ReleaseId);
        builder.HasIndex(s => new { s.Zone, s.StartsAt });
        builder.HasOne<Release>().WithMany().HasForeignKey(s => s.ReleaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SeatConfiguration : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("seats", "appointments");
        builder.Property(s => s.Id).UseIdentityAlwaysColumn();
        builder.HasIndex(s => new { s.SlotId, s.Lane }).IsUnique();
        builder.HasIndex(s => s.AppointmentId).IsUnique().HasFilter("appointment_id IS NOT NULL").HasDatabaseName("ux_seats_appointment");
        builder.HasIndex(s => s.SlotId).HasFilter("appointment_id IS NULL AND pool = 'Waiting'").HasDatabaseName("ix_seats_given_back");
        builder.HasOne<Slot>().WithMany().HasForeignKey(s => s.SlotId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WeeklyQuotaConfiguration : IEntityTypeConfiguration<WeeklyQuota>
{
    public const string NotTooMany = "ck_weekly_quotas_not_too_many";

    public void Configure(EntityTypeBuilder<WeeklyQuota> builder)
    {
        builder.ToTable("weekly_quotas", "appointments", t => t.HasCheckConstraint(NotTooMany, "used BETWEEN 0 AND quota"));
        builder.HasKey(q => new { q.ServiceGroup, q.Week });
        builder.Property(q => q.ServiceGroup).HasMaxLength(60);
    }
}
