using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation;

/// <summary>What was done for the person.</summary>
public enum ServiceEventKind
{
    /// <summary>大厅办事: a visit, whatever was booked or filed for it.</summary>
    [Chinese("大厅办事")]
    Ticket,

    /// <summary>网上办件.</summary>
    [Chinese("网上办件")]
    Case,

    /// <summary>诉求答复, once a round.</summary>
    [Chinese("诉求答复")]
    Complaint,

    /// <summary>大厅取消了预约.</summary>
    [Chinese("大厅取消预约")]
    Appointment,
}

/// <summary>How it went. None of them keeps a person from rating.</summary>
public enum ServiceOutcome
{
    /// <summary>办完.</summary>
    [Chinese("办完")]
    Served,

    /// <summary>准予.</summary>
    [Chinese("准予")]
    Approved,

    /// <summary>不予.</summary>
    [Chinese("不予")]
    Refused,

    /// <summary>不予受理.</summary>
    [Chinese("不予受理")]
    NotAccepted,

    /// <summary>补正逾期.</summary>
    [Chinese("补正逾期")]
    Lapsed,

    /// <summary>撤回.</summary>
    [Chinese("撤回")]
    Withdrawn,

    /// <summary>要求补材料.</summary>
    [Chinese("要求补材料")]
    Correction,

    /// <summary>已答复.</summary>
    [Chinese("已答复")]
    Replied,

    /// <summary>大厅取消.</summary>
    [Chinese("大厅取消")]
    HallCancelled,
}

/// <summary>
/// Something a person may rate (服务事项), once: unique by kind, root and stage. Made only from the facts of other capabilities, never by
/// a person, and never changed.
/// </summary>
internal sealed class ServiceEvent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required ServiceEventKind Kind { get; init; }

    /// <summary>The id of the ticket, case, complaint or appointment.</summary>
    public required Guid RootRef { get; init; }

    /// <summary>Which of its ends: end, end-2 after a revocation, correction-1, reply-1 …</summary>
    public required string Stage { get; init; }

    /// <summary>What the person knows it by, for example C037.</summary>
    public required string Number { get; init; }

    public required string Unit { get; init; }

    /// <summary>窗口.</summary>
    public int? Window { get; init; }

    /// <summary>被评的人; null when a rule decided.</summary>
    public Guid? StaffId { get; init; }

    public required string Item { get; init; }

    public required string ItemTitle { get; init; }

    /// <summary>For example online, hall, Web, Phone.</summary>
    public required string Channel { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required ServiceOutcome Outcome { get; init; }

    /// <summary>The person's account; null for strangers.</summary>
    public Guid? CitizenId { get; init; }

    /// <summary>演示数据, made at the start of demo mode.</summary>
    public bool IsSample { get; init; }
}

internal static class EvaluationSets
{
    extension(PortalDbContext db)
    {
        public DbSet<ServiceEvent> ServiceEvents => db.Set<ServiceEvent>();

        public DbSet<Invitation> Invitations => db.Set<Invitation>();

        public DbSet<ServiceRating> ServiceRatings => db.Set<ServiceRating>();

        public DbSet<FollowUp> FollowUps => db.Set<FollowUp>();

        public DbSet<Rectification> Rectifications => db.Set<Rectification>();

        public DbSet<PublicComment> PublicComments => db.Set<PublicComment>();

        public DbSet<ImprovementTask> ImprovementTasks => db.Set<ImprovementTask>();

        /// <summary>Locked until the commit, so that of many ratings at once one is stored.</summary>
        public Task<ServiceEvent> LockServiceEvent(Guid id, CancellationToken ct) =>
            db.ServiceEvents.FromSql($"SELECT * FROM evaluation.service_events WHERE id = {id} FOR UPDATE").AsNoTracking().SingleAsync(ct);
    }
}

internal sealed class ServiceEventConfiguration : IEntityTypeConfiguration<ServiceEvent>
{
    public void Configure(EntityTypeBuilder<ServiceEvent> builder)
    {
        builder.ToTable("service_events", "evaluation");
        builder.Property(e => e.Stage).HasMaxLength(40);
        builder.Property(e => e.Number).HasMaxLength(40);
        builder.Property(e => e.Unit).HasMaxLength(60);
        builder.Property(e => e.Window).HasColumnName("window_number");
        builder.Property(e => e.Item).HasMaxLength(60);
        builder.Property(e => e.ItemTitle).HasMaxLength(100);
        builder.Property(e => e.Channel).HasMaxLength(40);
        builder.HasIndex(e => new { e.Kind, e.RootRef, e.Stage }).IsUnique().HasDatabaseName("ux_service_events_once");
        builder.HasIndex(e => new { e.CitizenId, e.EndedAt, e.Id }).HasFilter("citizen_id IS NOT NULL").HasDatabaseName("ix_service_events_citizen");
        builder.HasIndex(e => e.EndedAt).HasDatabaseName("ix_service_events_ended");
        builder.HasIndex(e => new { e.Item, e.Id }).HasDatabaseName("ix_service_events_item");
    }
}
