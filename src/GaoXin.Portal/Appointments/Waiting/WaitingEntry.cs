using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments.Waiting;

/// <summary>Where somebody on the waiting list (候补) stands.</summary>
public enum WaitingState
{
    /// <summary>在候补.</summary>
    Waiting,

    /// <summary>有号留着, for half an hour.</summary>
    Offered,

    /// <summary>已约上.</summary>
    Taken,

    /// <summary>自己退出.</summary>
    Left,

    /// <summary>没接住, or the days are over.</summary>
    Lapsed,
}

/// <summary>Somebody who takes a place that others give back, within some days. First come, first served: the id says the order.</summary>
internal sealed class WaitingEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string ServiceGroup { get; init; }

    public required string ServiceCode { get; init; }

    public required byte[] PersonKey { get; init; }

    public byte[]? PropertyKey { get; init; }

    public Guid? CaseId { get; init; }

    public required byte[] VisitorSecret { get; init; }

    public byte[]? PropertySecret { get; init; }

    public required Guid AccountId { get; init; }

    public required DateOnly FromDay { get; init; }

    public required DateOnly ToDay { get; init; }

    /// <summary>Names the request, so that it can be sent again; null from a page.</summary>
    public string? RequestKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public WaitingState State { get; private set; }

    public Guid? AppointmentId { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void Offer(Guid appointment) => (State, AppointmentId) = (WaitingState.Offered, appointment);

    public void End(WaitingState how, DateTimeOffset now) => (State, EndedAt) = (how, now);
}

internal sealed class WaitingEntryConfiguration : IEntityTypeConfiguration<WaitingEntry>
{
    public const string PersonIndex = "ux_waiting_person";

    public void Configure(EntityTypeBuilder<WaitingEntry> builder)
    {
        builder.ToTable("waiting", "appointments", t => t.HasCheckConstraint("ck_waiting_days", "to_day >= from_day"));
        builder.Property(w => w.ServiceGroup).HasMaxLength(60);
        builder.Property(w => w.ServiceCode).HasMaxLength(60);
        builder.HasIndex(w => new { w.PersonKey, w.ServiceGroup }).IsUnique().HasFilter("state IN ('Waiting', 'Offered')").HasDatabaseName(PersonIndex);
        builder.HasIndex(w => new { w.ServiceGroup, w.Id }).HasFilter("state = 'Waiting'").HasDatabaseName("ix_waiting_line");
        builder.HasIndex(w => w.AppointmentId).HasFilter("appointment_id IS NOT NULL").HasDatabaseName("ix_waiting_appointment");
        builder.HasIndex(w => new { w.AccountId, w.Id });
        builder.HasIndex(w => w.CaseId).HasFilter("case_id IS NOT NULL AND state IN ('Waiting', 'Offered')").HasDatabaseName("ix_waiting_case");
        builder.Property(w => w.RequestKey).HasMaxLength(80);
        builder.HasIndex(w => new { w.PersonKey, w.RequestKey }).IsUnique().HasFilter("request_key IS NOT NULL");
    }
}

internal static class WaitingSet
{
    extension(PortalDbContext db)
    {
        public DbSet<WaitingEntry> WaitingEntries => db.Set<WaitingEntry>();
    }
}
