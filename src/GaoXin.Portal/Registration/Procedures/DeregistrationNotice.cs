using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>Where a notice of simple deregistration stands.</summary>
public enum DeregistrationNoticeState
{
    /// <summary>公示中.</summary>
    Running,

    /// <summary>公示期满，可以申请.</summary>
    Open,

    /// <summary>逾期没有申请.</summary>
    Lapsed,

    /// <summary>有异议，程序停止.</summary>
    Objected,

    /// <summary>已撤回.</summary>
    Withdrawn,

    /// <summary>已注销.</summary>
    Done,
}

/// <summary>
/// 简易注销公告: public for twenty days, then the application is open for twenty more, thirty when prolonged. An objection stops it; a
/// new notice needs this one withdrawn or lapsed.
/// </summary>
internal sealed class DeregistrationNotice
{
    public const int NoticeDays = 20;
    public const int WindowDays = 20;
    public const int ProlongedDays = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EntityId { get; init; }

    public required Guid CaseId { get; init; }

    public required Guid ApplicantId { get; init; }

    public required string CreditCode { get; init; }

    public required string Name { get; init; }

    /// <summary>Pairs of characters of the name, for the search.</summary>
    public required string[] NameGrams { get; init; }

    public required DateOnly PublishedOn { get; init; }

    /// <summary>The last day of the notice.</summary>
    public required DateOnly EndsOn { get; set; }

    /// <summary>The last day to apply.</summary>
    public required DateOnly ApplyUntil { get; set; }

    public bool Prolonged => ProlongedBy is not null;

    /// <summary>The case that prolonged the time to apply.</summary>
    public Guid? ProlongedBy { get; private set; }

    public DateTimeOffset? ObjectedAt { get; private set; }

    /// <summary>Withdrawn by the company, or given up for a new one after it lapsed.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>The case that withdrew it; null when it lapsed or should not have been published.</summary>
    public Guid? WithdrawnBy { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    public static DeregistrationNotice Of(MarketEntity entity, string name, Guid caseId, Guid applicant, DateOnly today, WorkingCalendar calendar) => new()
    {
        EntityId = entity.Id,
        CaseId = caseId,
        ApplicantId = applicant,
        CreditCode = entity.CreditCode,
        Name = name,
        NameGrams = Text.Pairs(Text.Compact(name)),
        PublishedOn = today,
        EndsOn = NoticePeriod.LastDay(today, NoticeDays),
        ApplyUntil = NoticePeriod.LastDayToAct(NoticePeriod.LastDay(today, NoticeDays), WindowDays, calendar),
    };

    public DeregistrationNoticeState StateOn(DateOnly day) =>
        DoneAt is not null ? DeregistrationNoticeState.Done
        : WithdrawnAt is not null ? DeregistrationNoticeState.Withdrawn
        : ObjectedAt is not null ? DeregistrationNoticeState.Objected
        : day <= EndsOn ? DeregistrationNoticeState.Running
        : day <= ApplyUntil ? DeregistrationNoticeState.Open
        : DeregistrationNoticeState.Lapsed;

    /// <summary>Also when somebody objected: a second objector is heard too, all of them have to be satisfied.</summary>
    public bool TakesObjections(DateOnly day) => WithdrawnAt is null && DoneAt is null && day <= EndsOn;

    public void Object(DateTimeOffset now) => ObjectedAt ??= now;

    public void Withdraw(DateTimeOffset now, Guid? caseId = null)
    {
        if (WithdrawnAt is null)
            (WithdrawnAt, WithdrawnBy) = (now, caseId);
    }

    /// <summary>The withdrawal is taken back: the days on which nobody could object, or the company could not apply, do not count.</summary>
    public void Reinstate(DateOnly today, WorkingCalendar calendar)
    {
        if (WithdrawnAt?.Day() is not { } day)
            return;
        var missed = today.DayNumber - day.DayNumber;
        if (day <= EndsOn)
            EndsOn = EndsOn.AddDays(missed);
        ApplyUntil = NoticePeriod.LastDayToAct(ApplyUntil, missed, calendar);
        (WithdrawnAt, WithdrawnBy) = (null, null);
    }

    public void Done(DateTimeOffset now) => DoneAt ??= now;

    /// <summary>The deregistration is taken back: the notice is as old as it is.</summary>
    public void NotDone() => DoneAt = null;

    public void Prolong(WorkingCalendar calendar, Guid caseId) => Until(caseId, ProlongedDays, calendar);

    public void NotProlonged(WorkingCalendar calendar) => Until(null, WindowDays, calendar);

    private void Until(Guid? prolongedBy, int days, WorkingCalendar calendar) => (ProlongedBy, ApplyUntil) = (prolongedBy, NoticePeriod.LastDayToAct(EndsOn, days, calendar));
}

/// <summary>异议: one of a person about a notice. Who and why is encrypted; the company reads why.</summary>
internal sealed class DeregistrationObjection
{
    public const string Purpose = "registration.objection";

    public required Guid NoticeId { get; init; }

    public required Guid AccountId { get; init; }

    public required byte[] ReasonSecret { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class DeregistrationNoticeConfiguration : IEntityTypeConfiguration<DeregistrationNotice>
{
    public void Configure(EntityTypeBuilder<DeregistrationNotice> builder)
    {
        builder.ToTable("deregistration_notices", "registration", table =>
            table.HasCheckConstraint("ck_deregistration_notices_days", "published_on < ends_on AND ends_on < apply_until"));
        builder.Property(n => n.CreditCode).HasMaxLength(18);
        builder.Property(n => n.Name).HasMaxLength(200);
        builder.HasIndex(n => n.EntityId).IsUnique().HasFilter("withdrawn_at IS NULL AND done_at IS NULL").HasDatabaseName("ux_deregistration_notices_open");
        builder.HasIndex(n => n.CaseId).IsUnique();
        builder.HasIndex(n => new { n.PublishedOn, n.Id });
        builder.HasIndex(n => n.CreditCode);
        builder.HasIndex(n => n.NameGrams).HasMethod("gin").HasDatabaseName("ix_deregistration_notices_name_grams");
        builder.HasOne<MarketEntity>().WithMany().HasForeignKey(n => n.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeregistrationObjectionConfiguration : IEntityTypeConfiguration<DeregistrationObjection>
{
    public void Configure(EntityTypeBuilder<DeregistrationObjection> builder)
    {
        builder.ToTable("deregistration_objections", "registration");
        builder.HasKey(o => new { o.NoticeId, o.AccountId });
        builder.HasIndex(o => o.AccountId);
        builder.HasOne<DeregistrationNotice>().WithMany().HasForeignKey(o => o.NoticeId).OnDelete(DeleteBehavior.Restrict);
    }
}
