using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Complaints;

/// <summary>Which limit a clock keeps.</summary>
public enum ComplaintClockKind
{
    /// <summary>C1 受理和派单.</summary>
    [Chinese("受理派单")]
    Dispatch,

    /// <summary>C2 签收.</summary>
    [Chinese("签收")]
    Sign,

    /// <summary>C2r 退单裁定.</summary>
    [Chinese("退单裁定")]
    ReturnRuling,

    /// <summary>C3 首次联系.</summary>
    [Chinese("首次联系")]
    Contact,

    /// <summary>C4 办理答复. The only clock that a suspension stops.</summary>
    [Chinese("办理答复")]
    Handling,

    /// <summary>答复审核.</summary>
    [Chinese("答复审核")]
    Review,

    /// <summary>回访.</summary>
    [Chinese("回访")]
    CallBack,
}

/// <summary>How far the portal has gone in asking for progress.</summary>
public enum EscalationLevel
{
    /// <summary>黄: 80 % of the limit, or one working day left.</summary>
    [Chinese("快到期")]
    Yellow,

    /// <summary>红: due.</summary>
    [Chinese("已超期")]
    Red,

    /// <summary>催办: a working day late.</summary>
    [Chinese("催办")]
    Urged,

    /// <summary>督办: five working days late without an explanation.</summary>
    [Chinese("督办")]
    Directed,
}

/// <summary>A limit in working hours or working days.</summary>
internal sealed record TimeLimit(int Hours, int Days)
{
    public static TimeLimit OfHours(int hours) => new(hours, 0);

    public static TimeLimit OfDays(int days) => new(0, days);
}

/// <summary>One clock of one round. What it promised is kept with it, so that later limits change nothing that runs.</summary>
internal sealed class ComplaintClock
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ComplaintId { get; init; }

    public required int Round { get; init; }

    public required ComplaintClockKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int Hours { get; init; }

    public required int Days { get; init; }

    /// <summary>A date from outside that wins over the limit.</summary>
    public DateOnly? FixedDay { get; init; }

    /// <summary>延期, in working days.</summary>
    public int ExtraDays { get; private set; }

    /// <summary>Null while suspended.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Stopped because the thing was done; false when the complaint ended or moved on without it. Rates count only the former.</summary>
    public bool Fulfilled { get; private set; }

    /// <summary>It was stopped because the complaint was merged, and runs again when that is undone.</summary>
    public bool Merged { get; private set; }

    public string CalendarVersion { get; private set; } = "";

    public DateTimeOffset? NextEscalationAt { get; private set; }

    public EscalationLevel? NextLevel { get; private set; }

    public bool Runs => StoppedAt is null;

    public void Stop(DateTimeOffset now, bool fulfilled)
    {
        (StoppedAt, Fulfilled) = (now, fulfilled);
        (NextEscalationAt, NextLevel) = (null, null);
    }

    public void StopByMerge(DateTimeOffset now)
    {
        Merged = Runs;
        Stop(now, fulfilled: false);
    }

    /// <summary>解除并单: it runs as if it had never stopped.</summary>
    public void Restart(ComplaintTime time, IReadOnlyList<ComplaintSuspension> suspensions)
    {
        (StoppedAt, Merged) = (null, false);
        Recompute(time, suspensions);
    }

    public void Extend(int days, ComplaintTime time, IReadOnlyList<ComplaintSuspension> suspensions)
    {
        ExtraDays += days;
        Recompute(time, suspensions);
    }

    /// <summary>The due instant and the next escalation from what is stored; levels that fired do not come back.</summary>
    public void Recompute(ComplaintTime time, IReadOnlyList<ComplaintSuspension> suspensions)
    {
        DueAt = time.Due(this, suspensions);
        CalendarVersion = time.Hours.Calendar.Version;
        Aim(NextLevel ?? EscalationLevel.Yellow, time);
    }

    /// <summary>The level fired; the next one is due later.</summary>
    public void Escalated(EscalationLevel level, ComplaintTime time)
    {
        if (level == EscalationLevel.Directed)
            (NextEscalationAt, NextLevel) = (null, null);
        else
            Aim(level + 1, time);
    }

    private void Aim(EscalationLevel level, ComplaintTime time)
    {
        NextLevel = Runs ? level : null;
        NextEscalationAt = Runs && DueAt is { } due ? time.MomentOf(level, this, due) : null;
    }
}

/// <summary>Working time and limits together: says when things are due. Pure.</summary>
internal sealed class ComplaintTime(WorkingCalendar calendar, ComplaintLimits limits)
{
    private const double Warning = 0.8;
    private const int UrgedAfter = 1;
    private const int DirectedAfter = 5;

    public ComplaintLimits Limits => limits;

    public WorkingHours Hours { get; } = new(calendar, limits.Hours);

    /// <summary>The last instant at which a unit may send a complaint back.</summary>
    public DateTimeOffset ReturnUntil(DateTimeOffset dispatched) => Hours.EndAfterDays(dispatched, limits.ReturnDays);

    /// <summary>The longest a pause may wait for the citizen.</summary>
    public DateTimeOffset PauseUntil(DateTimeOffset from) => Hours.EndAfterDays(from, limits.CitizenWaitDays);

    public DateTimeOffset? Due(ComplaintClock clock, IReadOnlyList<ComplaintSuspension> suspensions)
    {
        if (clock.FixedDay is { } day)
            return calendar.WorkingDaysBefore(day, limits.ExternalMarginDays).At(Hours.Closing);
        if (clock.Hours > 0)
        {
            var due = Hours.Add(clock.StartedAt, TimeSpan.FromHours(clock.Hours));
            return clock.Days > 0 && Hours.EndAfterDays(clock.StartedAt, clock.Days) is var latest && latest < due ? latest : due;
        }

        var pauses = clock.Kind == ComplaintClockKind.Handling
            ? suspensions.Where(s => s.Round == clock.Round && s.From is not null && (s.To is null || s.To.Value.Day() > s.From.Value.Day()))
                .Select(s => (s.From!.Value.Day(), s.To?.Day())).OrderBy(p => p.Item1).ToList()
            : [];
        return calendar.Due(clock.StartedAt.Day(), clock.Days + clock.ExtraDays, pauses)?.At(Hours.Closing);
    }

    public DateTimeOffset MomentOf(EscalationLevel level, ComplaintClock clock, DateTimeOffset due) => level switch
    {
        EscalationLevel.Yellow => WarnAt(clock, due),
        EscalationLevel.Red => due,
        EscalationLevel.Urged => Hours.EndAfterDays(due, UrgedAfter),
        _ => Hours.EndAfterDays(due, DirectedAfter),
    };

    /// <summary>80 % of the limit or one working day left, whichever comes first; a limit of a day or less has 80 % only.</summary>
    private DateTimeOffset WarnAt(ComplaintClock clock, DateTimeOffset due)
    {
        var days = clock.Days + clock.ExtraDays;
        if (clock.Hours > 0 || days <= 1)
            return Hours.Add(clock.StartedAt, Hours.Between(clock.StartedAt, due) * Warning);
        var left = Math.Max(1, days - (int)(days * Warning));
        return calendar.WorkingDaysBefore(due.Day(), left).At(Hours.Closing);
    }
}

internal sealed class ComplaintClockConfiguration : IEntityTypeConfiguration<ComplaintClock>
{
    public void Configure(EntityTypeBuilder<ComplaintClock> builder)
    {
        builder.ToTable("clocks", "complaints", t => t.HasCheckConstraint("ck_clocks_limit", "hours > 0 OR days >= 0"));
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CalendarVersion).HasMaxLength(64);
        builder.Ignore(c => c.Runs);
        builder.HasIndex(c => new { c.ComplaintId, c.Kind }).IsUnique().HasFilter("stopped_at IS NULL").HasDatabaseName("ux_clocks_running");
        builder.HasIndex(c => c.ComplaintId).HasDatabaseName("ix_clocks_complaint");
        builder.HasIndex(c => c.NextEscalationAt).HasFilter("next_escalation_at IS NOT NULL").HasDatabaseName("ix_clocks_escalation");
        builder.HasIndex(c => c.CalendarVersion).HasFilter("stopped_at IS NULL").HasDatabaseName("ix_clocks_calendar");
    }
}
