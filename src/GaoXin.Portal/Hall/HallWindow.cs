using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Hall;

/// <summary>A window (窗口) at work; its row appears when it is opened the first time. It moves only through <see cref="HallJournal"/>.</summary>
internal sealed class HallWindow
{
    /// <summary>An alarm that nobody reset resets itself.</summary>
    public static readonly TimeSpan AlarmLasts = TimeSpan.FromMinutes(10);

    public required int Number { get; init; }

    public required string Zone { get; set; }

    public WindowState State { get; private set; } = WindowState.Closed;

    public Guid? StaffId { get; private set; }

    public string[] Skills { get; private set; } = [];

    public DateOnly? OpenedOn { get; private set; }

    public Guid? TicketId { get; private set; }

    public string? PauseReason { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Moves along the state table. Called by the journal only.</summary>
    public void Move(WindowAction action, DateTimeOffset now)
    {
        if (!WindowTransitions.Table.TryGetValue((State, action), out var target))
            throw new RefusedException(HallRefusals.WindowNotNow(State));
        State = target;
        Version++;
        if (action is not WindowAction.Recall)
            ChangedAt = now;
        if (State is not (WindowState.Calling or WindowState.Serving))
            TicketId = null;
        if (State != WindowState.Paused)
            PauseReason = null;
        if (State == WindowState.Closed)
            (StaffId, Skills, OpenedOn) = (null, [], null);
    }

    public void Staffed(Guid staffId, string[] skills, DateOnly today) => (StaffId, Skills, OpenedOn) = (staffId, skills, today);

    public void PausedFor(string reason) => PauseReason = reason;

    /// <summary>True when an alarm has rung long enough.</summary>
    public bool AlarmIsOver(DateTimeOffset now) => State == WindowState.Emergency && now >= ChangedAt + AlarmLasts;
}

internal sealed class HallWindowConfiguration : IEntityTypeConfiguration<HallWindow>
{
    public const string OneWindowIndex = "ux_windows_one_per_staff";

    public void Configure(EntityTypeBuilder<HallWindow> builder)
    {
        builder.ToTable("windows", "hall", t =>
        {
            t.HasCheckConstraint("ck_windows_ticket", "(state IN ('Calling', 'Serving')) = (ticket_id IS NOT NULL)");
            t.HasCheckConstraint("ck_windows_staff", "(state = 'Closed') = (staff_id IS NULL)");
            t.HasCheckConstraint("ck_windows_paused", "state <> 'Paused' OR pause_reason IS NOT NULL");
        });
        builder.HasKey(w => w.Number);
        builder.Property(w => w.Number).ValueGeneratedNever();
        builder.Property(w => w.Zone).HasMaxLength(40);
        builder.Property(w => w.PauseReason).HasMaxLength(60);
        builder.Property(w => w.Version).IsConcurrencyToken();
        builder.HasIndex(w => w.StaffId).IsUnique().HasFilter("staff_id IS NOT NULL").HasDatabaseName(OneWindowIndex);
        builder.HasIndex(w => w.TicketId).IsUnique().HasFilter("ticket_id IS NOT NULL").HasDatabaseName("ux_windows_ticket");
    }
}
