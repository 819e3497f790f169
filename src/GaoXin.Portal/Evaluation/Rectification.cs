using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Evaluation;

/// <summary>
/// What follows a 差评 (差评整改): claimed by the unit, called back, fixed, reviewed; or appealed and ruled. It is made in the transaction
/// of the rating and never removed. It moves only through <see cref="RectificationJournal"/>.
/// </summary>
internal sealed class Rectification
{
    public const string NotePurpose = "evaluation.rectification";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EventId { get; init; }

    public required string Unit { get; init; }

    /// <summary>被评的人; null when a rule decided.</summary>
    public Guid? RatedId { get; init; }

    /// <summary>True when there is a telephone to call and the person is not 匿名.</summary>
    public required bool Callable { get; init; }

    public RectificationState State { get; private set; } = RectificationState.Open;

    public RectificationState? ReturnTo { get; private set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required int AppealDays { get; init; }

    /// <summary>When the step that runs now began, and its working days: what is due follows from them and the calendar.</summary>
    public DateTimeOffset StageStartedAt { get; private set; }

    public int StageDays { get; private set; }

    /// <summary>A cache for sorting; null after the end.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public string CalendarVersion { get; private set; } = "";

    public Guid? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    public Guid? CalledBy { get; private set; }

    public DateTimeOffset? CalledAt { get; private set; }

    public bool? Reached { get; private set; }

    public bool? CalledInTime { get; private set; }

    public byte[]? ProtectedCallNote { get; private set; }

    public DateTimeOffset? FixStartedAt { get; private set; }

    public int? FixDays { get; private set; }

    public DateTimeOffset? FixDueAt { get; private set; }

    public bool Extended { get; private set; }

    public string? ExtensionReason { get; private set; }

    public Guid? FixedBy { get; private set; }

    public DateTimeOffset? FixedAt { get; private set; }

    /// <summary>What was done, for the person who rated; holds no personal data.</summary>
    public string? FixText { get; private set; }

    public Guid? ReviewedBy { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    public Guid? AppealedBy { get; private set; }

    public DateTimeOffset? AppealedAt { get; private set; }

    public byte[]? ProtectedAppeal { get; private set; }

    public Guid? RuledBy { get; private set; }

    public DateTimeOffset? RuledAt { get; private set; }

    /// <summary>False after an upheld appeal: the rating stays and is published as excluded.</summary>
    public bool Counted { get; private set; } = true;

    public ExclusionReason? Exclusion { get; private set; }

    public string? RulingText { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int EventCount { get; set; }

    public static Rectification Of(ServiceEvent rated, ServiceRating rating, EvaluationTime time)
    {
        var opened = new Rectification
        {
            EventId = rated.Id,
            Unit = rated.Unit,
            RatedId = rated.StaffId,
            Callable = rating.Identity == RaterIdentity.Named && (rated.CitizenId is not null || rating.ProtectedPhone is not null),
            OpenedAt = rating.CreatedAt,
            AppealDays = time.Rules.AppealDays,
        };
        opened.Run(rating.CreatedAt, time.Rules.ClaimDays, time);
        return opened;
    }

    /// <summary>Moves along the state table. Called by the journal only, so that no move goes unrecorded.</summary>
    public void Move(RectificationAction action, RectificationMove move)
    {
        var rule = RectificationTransitions.Find(State, action) ?? throw new RefusedException(EvaluationRefusals.NotNow(State, action));
        if (!rule.Who.Any(move.Actors.Contains))
            throw new RefusedException(EvaluationRefusals.NotYours(action));
        if (rule.Guard(this, move) is { } refusal)
            throw new RefusedException(refusal);
        Apply(action, move);
        var from = State;
        State = action switch
        {
            RectificationAction.Claim when !Callable => RectificationState.Fixing,
            RectificationAction.RejectAppeal => ReturnTo!.Value,
            _ => rule.To,
        };
        ReturnTo = action == RectificationAction.Appeal ? from : null;
        Continue(action, from, move);
    }

    /// <summary>What the call was about.</summary>
    public void Called(bool reached, byte[]? note) => (Reached, ProtectedCallNote) = (reached, note);

    /// <summary>Why more time is needed.</summary>
    public void ExtendedFor(string reason) => ExtensionReason = reason;

    /// <summary>What was done.</summary>
    public void FixedWith(string text) => FixText = text;

    /// <summary>Why it should not count.</summary>
    public void AppealedFor(byte[] reason) => ProtectedAppeal = reason;

    /// <summary>The ruling in words; with a reason when the rating does not count.</summary>
    public void Ruled(ExclusionReason? exclusion, string text) => (Exclusion, RulingText) = (exclusion, text);

    /// <summary>Computes what is due anew with another calendar.</summary>
    public void Recompute(EvaluationTime time)
    {
        if (DueAt is null)
            return;
        Run(StageStartedAt, StageDays, time);
        if (FixStartedAt is { } start && FixedAt is null)
            FixDueAt = time.EndAfter(start, FixDays!.Value);
    }

    private void Apply(RectificationAction action, RectificationMove move)
    {
        var (by, now) = (move.UserId, move.Now);
        switch (action)
        {
            case RectificationAction.Claim:
                (ClaimedBy, ClaimedAt) = (by, now);
                break;
            case RectificationAction.RecordCall:
                (CalledBy, CalledAt, CalledInTime) = (by, now, now <= DueAt);
                break;
            case RectificationAction.Extend:
                (Extended, FixDays) = (true, move.Time.Rules.LongFixDays);
                break;
            case RectificationAction.SubmitFix:
                (FixedBy, FixedAt) = (by, now);
                break;
            case RectificationAction.SendBackFix:
                FixedAt = null;
                break;
            case RectificationAction.ApproveFix:
                (ReviewedBy, ReviewedAt) = (by, now);
                break;
            case RectificationAction.Appeal:
                (AppealedBy, AppealedAt) = (by, now);
                break;
            case RectificationAction.UpholdAppeal:
                (RuledBy, RuledAt, Counted) = (by, now, false);
                break;
            case RectificationAction.RejectAppeal:
                (RuledBy, RuledAt) = (by, now);
                break;
        }
    }

    /// <summary>The clock of the next step. An appeal stops the step it interrupts; rejected, that step begins anew.</summary>
    private void Continue(RectificationAction action, RectificationState from, RectificationMove move)
    {
        var (now, time, rules) = (move.Now, move.Time, move.Time.Rules);
        switch (State)
        {
            case RectificationState.Open:
                Run(now, rules.ClaimDays, time);
                break;
            case RectificationState.Claimed:
                Run(now, rules.CallDays, time);
                break;
            case RectificationState.Fixing:
                if (FixStartedAt is null || action == RectificationAction.RejectAppeal)
                    (FixStartedAt, FixDays) = (now, Extended ? rules.LongFixDays : rules.FixDays);
                Run(FixStartedAt.Value, FixDays!.Value, time);
                FixDueAt = DueAt;
                break;
            case RectificationState.InReview:
                Run(now, rules.ReviewDays, time);
                break;
            case RectificationState.Appealed:
                Run(now, rules.RulingDays, time);
                break;
            default:
                (DueAt, EndedAt) = (null, now);
                break;
        }
    }

    private void Run(DateTimeOffset start, int days, EvaluationTime time) =>
        (StageStartedAt, StageDays, DueAt, CalendarVersion) = (start, days, time.EndAfter(start, days), time.Calendar.Version);
}

/// <summary>One thing that happened to a rectification: append-only. No personal data.</summary>
internal sealed class RectificationEvent
{
    public required Guid RectificationId { get; init; }

    public required int Sequence { get; init; }

    public required string Kind { get; init; }

    public required RectificationState State { get; init; }

    public required Guid ActorId { get; init; }

    /// <summary>系统, 评价人, or the masked name of staff.</summary>
    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The one door through which a rectification moves. It must be locked or new.</summary>
internal sealed class RectificationJournal(PortalDbContext db, EvaluationRulebooks rulebooks, ICurrentUser user, TimeProvider clock)
{
    public async Task Move(Rectification moved, RectificationAction action, CancellationToken ct)
    {
        moved.Move(action, await Situation(moved, ct));
        Record(moved, action.ToString());
    }

    public async Task<RectificationMove> Situation(Rectification about, CancellationToken ct) =>
        new(user.Id, user.DepartmentCode, RectificationTransitions.ActorsOf(user, about.RatedId), clock.GetUtcNow(), await rulebooks.Time(ct));

    public void Record(Rectification about, string kind) => db.Add(new RectificationEvent
    {
        RectificationId = about.Id,
        Sequence = ++about.EventCount,
        Kind = kind,
        State = about.State,
        ActorId = user.IsStaff || user.IsSystem ? user.Id : Guid.Empty,
        Actor = user.IsSystem ? "系统" : user.IsStaff ? Masking.Name(user.DisplayName) : "评价人",
        At = clock.GetUtcNow(),
    });
}

internal sealed class RectificationConfiguration : IEntityTypeConfiguration<Rectification>
{
    public void Configure(EntityTypeBuilder<Rectification> builder)
    {
        builder.ToTable("rectifications", "evaluation", t =>
        {
            // Unknown is not false: a person who is not there yet breaks no rule.
            t.HasCheckConstraint("ck_rectifications_three_people",
                "called_by <> rated_id AND reviewed_by <> rated_id AND reviewed_by <> called_by AND ruled_by <> rated_id AND ruled_by <> called_by "
                + "AND claimed_by <> rated_id AND fixed_by <> rated_id AND reviewed_by <> fixed_by AND reviewed_by <> claimed_by AND ruled_by <> appealed_by AND ruled_by <> claimed_by");
            t.HasCheckConstraint("ck_rectifications_counted", "counted OR (exclusion IS NOT NULL AND ruling_text IS NOT NULL AND ruled_by IS NOT NULL)");
            t.HasCheckConstraint("ck_rectifications_closed", "state <> 'Closed' OR (reviewed_by IS NOT NULL AND fix_text IS NOT NULL)");
            t.HasCheckConstraint("ck_rectifications_excluded", "(state = 'Excluded') = (NOT counted)");
            t.HasCheckConstraint("ck_rectifications_due", "(state IN ('Closed', 'Excluded')) = (due_at IS NULL)");
        });
        builder.Property(r => r.Unit).HasMaxLength(60);
        builder.Property(r => r.CalendarVersion).HasMaxLength(64);
        builder.Property(r => r.ExtensionReason).HasMaxLength(500);
        builder.Property(r => r.FixText).HasMaxLength(1000);
        builder.Property(r => r.RulingText).HasMaxLength(500);
        builder.HasIndex(r => r.EventId).IsUnique();
        builder.HasIndex(r => new { r.State, r.DueAt, r.Id }).HasFilter("due_at IS NOT NULL").HasDatabaseName("ix_rectifications_work");
        builder.HasIndex(r => new { r.Unit, r.State, r.DueAt, r.Id }).HasDatabaseName("ix_rectifications_unit");
        builder.HasIndex(r => new { r.RatedId, r.OpenedAt, r.Id }).HasFilter("rated_id IS NOT NULL").HasDatabaseName("ix_rectifications_rated");
        builder.HasOne<ServiceEvent>().WithOne().HasForeignKey<Rectification>(r => r.EventId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RectificationEventConfiguration : IEntityTypeConfiguration<RectificationEvent>
{
    public void Configure(EntityTypeBuilder<RectificationEvent> builder)
    {
        builder.ToTable("rectification_events", "evaluation");
        builder.HasKey(e => new { e.RectificationId, e.Sequence });
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Actor).HasMaxLength(60);
        builder.HasOne<Rectification>().WithMany().HasForeignKey(e => e.RectificationId).OnDelete(DeleteBehavior.Restrict);
    }
}
