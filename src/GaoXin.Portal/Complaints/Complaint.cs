using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Complaints;

/// <summary>Where a complaint came from.</summary>
public enum ComplaintChannel
{
    /// <summary>网站.</summary>
    [Chinese("网站")]
    Web,

    /// <summary>二维码.</summary>
    [Chinese("扫码")]
    QrCode,

    /// <summary>大厅“办不成事”窗口.</summary>
    [Chinese("大厅窗口")]
    Hall,

    /// <summary>电话.</summary>
    [Chinese("电话")]
    Phone,

    /// <summary>12345 热线派单.</summary>
    [Chinese("12345 热线")]
    Hotline12345,

    /// <summary>人民网.</summary>
    [Chinese("人民网")]
    PeopleNet,

    /// <summary>国务院“互联网+督查”.</summary>
    [Chinese("互联网+督查")]
    StateCouncil,

    /// <summary>投诉记录本.</summary>
    [Chinese("投诉记录本")]
    ComplaintBook,

    /// <summary>书记亲商助企服务热线, for enterprises.</summary>
    [Chinese("书记亲商助企热线")]
    SecretaryHotline,

    /// <summary>万人助万企: raised at a visit to an enterprise.</summary>
    [Chinese("企业走访")]
    EnterpriseVisit,

    /// <summary>开放接口: by a registered program (Open311).</summary>
    [Chinese("开放接口")]
    OpenInterface,
}

/// <summary>What kind of complaint (诉求类型).</summary>
public enum ComplaintKind
{
    /// <summary>咨询.</summary>
    [Chinese("咨询")]
    Question,

    /// <summary>求助.</summary>
    [Chinese("求助")]
    Help,

    /// <summary>建议.</summary>
    [Chinese("建议")]
    Suggestion,

    /// <summary>投诉.</summary>
    [Chinese("投诉")]
    Grievance,

    /// <summary>举报.</summary>
    [Chinese("举报")]
    Report,

    /// <summary>办不成事.</summary>
    [Chinese("办不成事")]
    CannotGetItDone,
}

/// <summary>Who may know the citizen.</summary>
public enum IdentityMode
{
    /// <summary>实名.</summary>
    [Chinese("实名")]
    Named,

    /// <summary>实名保密: units and handlers never see who.</summary>
    [Chinese("实名保密")]
    Confidential,

    /// <summary>匿名: nothing about the person is kept, except a telephone number when one is left.</summary>
    [Chinese("匿名")]
    Anonymous,
}

/// <summary>How fast it has to be accepted and dispatched.</summary>
public enum ComplaintUrgency
{
    /// <summary>一般.</summary>
    [Chinese("一般")]
    Ordinary,

    /// <summary>水电气暖和极端天气.</summary>
    [Chinese("民生急事")]
    Utility,

    /// <summary>紧急.</summary>
    [Chinese("紧急")]
    Urgent,
}

/// <summary>Whose desk a complaint is on now (现在轮到谁).</summary>
public enum ComplaintDesk
{
    /// <summary>受理派单.</summary>
    Clerk,

    /// <summary>提级协调.</summary>
    Supervisor,

    /// <summary>主办单位.</summary>
    Unit,

    /// <summary>答复审核.</summary>
    Reviewer,

    /// <summary>回访.</summary>
    CallBack,

    /// <summary>挂起，等人.</summary>
    Waiting,

    /// <summary>结束了.</summary>
    Nobody,
}

/// <summary>
/// One complaint (诉求), from whichever channel. It moves only through <see cref="ComplaintJournal"/>, which asks the state table
/// and writes the event. What the citizen wrote and who it is are encrypted; nothing personal is kept in clear on this row.
/// </summary>
internal sealed class Complaint
{
    public const string TextPurpose = "complaints.text";
    public const string PlacePurpose = "complaints.place";
    public const string NamePurpose = "complaints.name";
    public const string PhonePurpose = "complaints.phone";
    public const string CodePurpose = "complaints.code";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Number { get; init; }

    public required ComplaintChannel Channel { get; init; }

    public string? ExternalNumber { get; init; }

    /// <summary>The last day the platform above allows.</summary>
    public DateOnly? ExternalDueOn { get; init; }

    /// <summary>The registered program that filed it; see <see cref="ReportingClient"/>.</summary>
    public Guid? ClientId { get; init; }

    public required IdentityMode Identity { get; init; }

    /// <summary>The citizen's account; null for strangers and 匿名.</summary>
    public Guid? ReporterId { get; init; }

    public byte[]? ProtectedName { get; init; }

    public byte[]? ProtectedPhone { get; init; }

    /// <summary>Keyed hash of the whole number, for the look-up of a caller.</summary>
    public byte[]? PhoneHash { get; init; }

    /// <summary>Keyed hash of the number together with the last four digits: the stranger's look-up.</summary>
    public byte[]? TailHash { get; init; }

    /// <summary>Keyed hash of the citizen's own withdrawal code.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>The code, encrypted, from a recording by telephone until its short message is out.</summary>
    public byte[]? CodeSecret { get; init; }

    public required byte[] ProtectedText { get; init; }

    public byte[]? ProtectedPlace { get; init; }

    /// <summary>Keyed hashes of pairs of characters, for the duplicate suggestion: similar texts share them, nobody can read them.</summary>
    public int[] Fingerprint { get; init; } = [];

    public required ComplaintKind Kind { get; set; }

    public string? Topic { get; set; }

    public ComplaintUrgency Urgency { get; set; }

    /// <summary>复杂: the long limit, set at the acceptance.</summary>
    public bool Complex { get; set; }

    public Guid? RelatedCaseId { get; init; }

    public string? RelatedCaseNumber { get; init; }

    public string? RelatedDepartment { get; init; }

    /// <summary>True when the author agreed to the publication of the redacted text.</summary>
    public bool MayPublish { get; init; }

    public string? PublicText { get; private set; }

    public string? PublicReply { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    public ComplaintState State { get; private set; } = ComplaintState.Submitted;

    public ComplaintDesk Desk { get; private set; } = ComplaintDesk.Clerk;

    public ComplaintState? MergedFrom { get; private set; }

    public Guid? MasterId { get; set; }

    public string? RefusalReason { get; set; }

    /// <summary>1 is the first; each 重办 adds one.</summary>
    public int Round { get; private set; } = 1;

    public int RedoRounds => Round - 1;

    /// <summary>主办单位.</summary>
    public string? Unit { get; set; }

    /// <summary>首接负责: a return was refused.</summary>
    public bool Locked { get; private set; }

    public Guid? HandlerId { get; private set; }

    public Guid[] FormerHandlers { get; private set; } = [];

    /// <summary>派单依据: the rule that chose the unit, and why, as it is shown.</summary>
    public string? RoutedBy { get; set; }

    public string? RoutedWhy { get; set; }

    public int RulebookVersion { get; set; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? DispatchedAt { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }

    public DateTimeOffset? ContactedAt { get; private set; }

    public DateTimeOffset? RepliedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>What is due first. A cache for sorting: the truth is in the clocks.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public DateTimeOffset? WarnAt { get; private set; }

    /// <summary>The promise to the citizen (C4); null while suspended.</summary>
    public DateTimeOffset? PromisedAt { get; private set; }

    /// <summary>Something waits for a clerk's approval: a suspension or an extension.</summary>
    public bool Asks { get; private set; }

    public int EventCount { get; set; }

    public List<ComplaintClock> Clocks { get; private set; } = [];

    public List<ComplaintSuspension> Suspensions { get; private set; } = [];

    public List<ComplaintExtension> Extensions { get; private set; } = [];

    public List<ComplaintReturn> Returns { get; private set; } = [];

    public List<CoHandler> CoHandlers { get; private set; } = [];

    public List<ComplaintReply> Replies { get; private set; } = [];

    public List<ComplaintCall> Calls { get; private set; } = [];

    public bool IsOpen => ComplaintTransitions.Open.Contains(State);

    public ComplaintSuspension? AskedSuspension => Suspensions.SingleOrDefault(s => s.DecidedAt is null);

    public ComplaintSuspension? RunningSuspension => Suspensions.SingleOrDefault(s => s.Runs);

    public ComplaintExtension? AskedExtension => Extensions.SingleOrDefault(e => e.DecidedAt is null);

    public ComplaintReply? PendingReply => Replies.SingleOrDefault(r => r.Outcome == ReplyOutcome.Pending);

    public ComplaintReturn? AskedReturn => Returns.SingleOrDefault(r => r.RuledAt is null);

    public ComplaintClock? Running(ComplaintClockKind kind) => Clocks.SingleOrDefault(c => c.Kind == kind && c.Runs);

    /// <summary>The receipt: the first clock starts.</summary>
    public void Received(ComplaintTime time)
    {
        Start(ComplaintClockKind.Dispatch, time.Limits.DispatchOf(Urgency), SubmittedAt, time);
        Arrange(time);
    }

    /// <summary>Moves along the state table, guards included, and keeps the clocks. Called by the journal only.</summary>
    public void Move(ComplaintAction action, ComplaintMove move)
    {
        var rule = ComplaintTransitions.Find(State, action) ?? throw new RefusedException(ComplaintRefusals.NotNow(State, action));
        if (!rule.Who.Any(move.Actors.Contains))
            throw new RefusedException(ComplaintRefusals.NotYours(action));
        if (rule.Guard?.Invoke(this, move) is { } refusal)
            throw new RefusedException(refusal);
        var from = State;
        State = action == ComplaintAction.Unmerge ? MergedFrom ?? rule.To : rule.To;
        Apply(action, from, move);
        Arrange(move.Time);
    }

    /// <summary>首次联系. Later contacts change nothing.</summary>
    public void Contacted(DateTimeOffset now, ComplaintTime time)
    {
        ContactedAt ??= now;
        Running(ComplaintClockKind.Contact)?.Stop(now, fulfilled: true);
        Arrange(time);
    }

    /// <summary>领办: one handler, in a later round another one.</summary>
    public void Take(Guid handlerId)
    {
        if (HandlerId is { } other && other != handlerId)
            throw new RefusedException(ComplaintRefusals.TakenAlready());
        if (FormerHandlers.Contains(handlerId))
            throw new RefusedException(ComplaintRefusals.HandledBefore());
        HandlerId = handlerId;
    }

    public void Ask(ComplaintSuspension suspension)
    {
        if (ExternalDueOn is not null)
            throw new RefusedException(ComplaintRefusals.NeverSuspended());
        if (AskedSuspension is not null)
            throw new RefusedException(ComplaintRefusals.AskedAlready());
        Suspensions.Add(suspension);
        Asks = true;
    }

    public void Ask(ComplaintExtension extension, DateTimeOffset now)
    {
        if (AskedExtension is not null)
            throw new RefusedException(ComplaintRefusals.AskedAlready());
        if (Extensions.Any(e => e.Granted == true))
            throw new RefusedException(ComplaintRefusals.ExtendedBefore());
        if (Running(ComplaintClockKind.Handling) is not { } clock || clock.DueAt < now)
            throw new RefusedException(ComplaintRefusals.ExtensionTooLate());
        Extensions.Add(extension);
        Asks = true;
    }

    /// <summary>A refused suspension; a granted one is a move.</summary>
    public void RefuseSuspension(ComplaintMove move)
    {
        if (ComplaintGuards.SuspensionAsked(this, move) is { } refusal)
            throw new RefusedException(refusal);
        AskedSuspension!.Decide(false, move.UserId, move.Now);
        Arrange(move.Time);
    }

    public void Decide(ComplaintExtension extension, bool granted, ComplaintMove move)
    {
        if (extension.AskedBy == move.UserId)
            throw new RefusedException(ComplaintRefusals.OwnAsking());
        extension.Decide(granted, move.UserId, move.Now);
        if (granted)
            Running(ComplaintClockKind.Handling)?.Extend(extension.Days, move.Time, Suspensions);
        Arrange(move.Time);
    }

    /// <summary>A return was added: two units that sent it back make it the supervisor's.</summary>
    public void Settle()
    {
        if (State == ComplaintState.ReturnPending && Returns.Select(r => r.Unit).Distinct().Count() > 1)
            Desk = ComplaintDesk.Supervisor;
    }

    public void Publish(string text, string reply, DateTimeOffset now) => (PublicText, PublicReply, PublishedAt) = (text, reply, now);

    /// <summary>The calendar changed: the due instants of running clocks and the end of a pause follow. The answer tells what moved, a pause without a clock.</summary>
    public IReadOnlyList<(ComplaintClockKind? Kind, DateTimeOffset? From, DateTimeOffset? To)> Recompute(ComplaintTime time)
    {
        var moved = new List<(ComplaintClockKind?, DateTimeOffset?, DateTimeOffset?)>();
        if (RunningSuspension is { ResumesAt: { } end, From: { } from } pause && time.PauseUntil(from) is var until && until != end)
        {
            pause.Until(until);
            moved.Add((null, end, until));
        }

        foreach (var clock in Clocks.Where(c => c.Runs))
        {
            var before = clock.DueAt;
            clock.Recompute(time, Suspensions);
            if (clock.DueAt != before)
                moved.Add((clock.Kind, before, clock.DueAt));
        }

        Arrange(time);
        return moved;
    }

    private void Apply(ComplaintAction action, ComplaintState from, ComplaintMove move)
    {
        var (now, time, limits) = (move.Now, move.Time, move.Time.Limits);
        switch (action)
        {
            case ComplaintAction.Accept:
                AcceptedAt = now;
                Start(ComplaintClockKind.Handling, limits.HandlingOf(Kind, Complex), now, time);
                break;
            case ComplaintAction.Dispatch:
                DispatchedAt = now;
                Stop(ComplaintClockKind.Dispatch, now);
                Start(ComplaintClockKind.Sign, limits.Sign, now, time);
                if (ContactedAt is null && Running(ComplaintClockKind.Contact) is null)
                    Start(ComplaintClockKind.Contact, limits.Contact, now, time);
                break;
            case ComplaintAction.Sign:
                SignedAt = now;
                Stop(ComplaintClockKind.Sign, now);
                if (move.Actors.Contains(ComplaintActor.Handler) && !FormerHandlers.Contains(move.UserId))
                    HandlerId = move.UserId;
                break;
            case ComplaintAction.AskReturn:
                Stop(ComplaintClockKind.Sign, now);
                Start(ComplaintClockKind.ReturnRuling, limits.ReturnRuling, now, time);
                break;
            case ComplaintAction.UpholdReturn:
                Stop(ComplaintClockKind.ReturnRuling, now);
                AskedReturn?.Rule(true, move.UserId, now);
                Unit = null;
                Start(ComplaintClockKind.Dispatch, limits.DispatchOf(Urgency), now, time);
                break;
            case ComplaintAction.RefuseReturn:
                Stop(ComplaintClockKind.ReturnRuling, now);
                AskedReturn?.Rule(false, move.UserId, now);
                Locked = true;
                Start(ComplaintClockKind.Sign, limits.Sign, now, time);
                break;
            case ComplaintAction.Suspend:
                AskedSuspension!.Decide(true, move.UserId, now);
                AskedSuspensionStarts(now, time);
                break;
            case ComplaintAction.Resume:
                RunningSuspension?.End(now);
                Running(ComplaintClockKind.Handling)?.Recompute(time, Suspensions);
                break;
            case ComplaintAction.SubmitReply:
                Start(ComplaintClockKind.Review, limits.Review, now, time);
                break;
            case ComplaintAction.SendBackReply:
                Stop(ComplaintClockKind.Review, now);
                PendingReply?.Reviewed(ReplyOutcome.SentBack, move.UserId, now);
                break;
            case ComplaintAction.ApproveReply:
                RepliedAt = now;
                Stop(ComplaintClockKind.Handling, now);
                Stop(ComplaintClockKind.Review, now);
                StopAll(now);
                PendingReply?.Reviewed(ReplyOutcome.Approved, move.UserId, now);
                Start(ComplaintClockKind.CallBack, limits.CallBack, now, time);
                break;
            case ComplaintAction.Reopen:
                Redo(now, time);
                break;
            case ComplaintAction.Merge:
                MergedFrom = from;
                Clocks.Where(c => c.Runs).ToList().ForEach(c => c.StopByMerge(now));
                ClosedAt = now;
                break;
            case ComplaintAction.Unmerge:
                foreach (var clock in Clocks.Where(c => c.Merged).ToList())
                    clock.Restart(time, Suspensions);
                (ClosedAt, MergedFrom, MasterId) = (null, null, null);
                break;
            default:
                if (action == ComplaintAction.Close)
                    Stop(ComplaintClockKind.CallBack, now);
                StopAll(now);
                RunningSuspension?.End(now);
                ClosedAt = now;
                break;
        }
    }

    /// <summary>The longest a pause may last is fixed when it begins.</summary>
    private void AskedSuspensionStarts(DateTimeOffset now, ComplaintTime time)
    {
        var suspension = Suspensions.Single(s => s.Granted == true && s.From is null);
        suspension.Begin(now, suspension.Reason == SuspensionReason.WaitingForCitizen ? time.PauseUntil(now) : null);
        Running(ComplaintClockKind.Handling)?.Recompute(time, Suspensions);
    }

    /// <summary>重办: a new round with a new handler, new clocks and another contact.</summary>
    private void Redo(DateTimeOffset now, ComplaintTime time)
    {
        StopAll(now);
        Round++;
        if (HandlerId is { } former)
            FormerHandlers = [.. FormerHandlers, former];
        (HandlerId, ContactedAt, RepliedAt, ClosedAt) = (null, null, null, null);
        Start(ComplaintClockKind.Handling, time.Limits.RedoOf(Kind), now, time);
        Start(ComplaintClockKind.Contact, time.Limits.Contact, now, time);
    }

    private void Start(ComplaintClockKind kind, TimeLimit limit, DateTimeOffset now, ComplaintTime time)
    {
        var clock = new ComplaintClock
        {
            ComplaintId = Id,
            Round = Round,
            Kind = kind,
            StartedAt = now,
            Hours = limit.Hours,
            Days = limit.Days,
            FixedDay = kind == ComplaintClockKind.Handling && Round == 1 ? ExternalDueOn : null,
        };
        clock.Recompute(time, Suspensions);
        Clocks.Add(clock);
    }

    private void Stop(ComplaintClockKind kind, DateTimeOffset now) => Running(kind)?.Stop(now, fulfilled: true);

    private void StopAll(DateTimeOffset now) => Clocks.Where(c => c.Runs).ToList().ForEach(c => c.Stop(now, fulfilled: false));

    /// <summary>What lists and pages read at a glance, from the clocks and the state.</summary>
    private void Arrange(ComplaintTime time)
    {
        var running = Clocks.Where(c => c.Runs && c.DueAt is not null).OrderBy(c => c.DueAt).ToList();
        var first = running.FirstOrDefault();
        DueAt = State == ComplaintState.Suspended ? null : first?.DueAt;
        WarnAt = DueAt is { } due ? time.MomentOf(EscalationLevel.Yellow, first!, due) : null;
        PromisedAt = Running(ComplaintClockKind.Handling)?.DueAt;
        Asks = AskedSuspension is not null || AskedExtension is not null;
        Desk = State switch
        {
            ComplaintState.Submitted or ComplaintState.Accepted => ComplaintDesk.Clerk,
            ComplaintState.ReturnPending => Returns.Select(r => r.Unit).Distinct().Count() > 1 ? ComplaintDesk.Supervisor : ComplaintDesk.Clerk,
            ComplaintState.Dispatched or ComplaintState.InProgress => ComplaintDesk.Unit,
            ComplaintState.ReplyReview => ComplaintDesk.Reviewer,
            ComplaintState.Replied => ComplaintDesk.CallBack,
            ComplaintState.Suspended => ComplaintDesk.Waiting,
            _ => ComplaintDesk.Nobody,
        };
    }
}

internal static class ComplaintSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Complaint> Complaints => db.Set<Complaint>();

        public DbSet<ComplaintClock> ComplaintClocks => db.Set<ComplaintClock>();

        public DbSet<ComplaintEvent> ComplaintEvents => db.Set<ComplaintEvent>();

        public DbSet<ComplaintMessage> ComplaintMessages => db.Set<ComplaintMessage>();

        public DbSet<ComplaintFile> ComplaintFiles => db.Set<ComplaintFile>();

        /// <summary>The complaint with its records, locked until the transaction ends, so that two people never move it at once.</summary>
        public async Task<Complaint?> LockComplaint(Guid id, CancellationToken ct)
        {
            var found = await db.Complaints.FromSql($"SELECT * FROM complaints.complaints WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);
            // Read after the lock, in statements of their own: a join would still see what was there before the wait.
            if (found is not null)
                await db.LoadRecords(found, ct);
            return found;
        }

        public async Task LoadRecords(Complaint found, CancellationToken ct)
        {
            var entry = db.Entry(found);
            foreach (var records in entry.Collections)
                await records.LoadAsync(ct);
        }
    }
}

internal sealed class ComplaintConfiguration : IEntityTypeConfiguration<Complaint>
{
    public const string ExternalIndex = "ux_complaints_external";

    public void Configure(EntityTypeBuilder<Complaint> builder)
    {
        builder.ToTable("complaints", "complaints", t =>
        {
            t.HasCheckConstraint("ck_complaints_unit", "state NOT IN ('Dispatched', 'InProgress', 'ReplyReview', 'Suspended') OR unit IS NOT NULL");
            t.HasCheckConstraint("ck_complaints_master", "state <> 'Merged' OR (master_id IS NOT NULL AND master_id <> id)");
            t.HasCheckConstraint("ck_complaints_anonymous", "identity <> 'Anonymous' OR (reporter_id IS NULL AND protected_name IS NULL)");
            t.HasCheckConstraint("ck_complaints_phone", "(phone_hash IS NULL) = (protected_phone IS NULL) AND (tail_hash IS NULL) = (protected_phone IS NULL)");
            t.HasCheckConstraint("ck_complaints_published", "published_at IS NULL OR (may_publish AND public_text IS NOT NULL AND public_reply IS NOT NULL AND kind <> 'Report')");
        });
        builder.Property(c => c.Number).HasMaxLength(20);
        builder.Property(c => c.ExternalNumber).HasMaxLength(60);
        builder.Property(c => c.Topic).HasMaxLength(60);
        builder.Property(c => c.Unit).HasMaxLength(60);
        builder.Property(c => c.RelatedCaseNumber).HasMaxLength(20);
        builder.Property(c => c.RelatedDepartment).HasMaxLength(60);
        builder.Property(c => c.RoutedBy).HasMaxLength(60);
        builder.Property(c => c.RoutedWhy).HasMaxLength(300);
        builder.Property(c => c.RefusalReason).HasMaxLength(60);
        builder.Property(c => c.PublicText).HasMaxLength(2000);
        builder.Property(c => c.PublicReply).HasMaxLength(4000);
        foreach (var derived in (string[])[nameof(Complaint.RedoRounds), nameof(Complaint.IsOpen), nameof(Complaint.AskedSuspension), nameof(Complaint.RunningSuspension),
            nameof(Complaint.AskedExtension), nameof(Complaint.PendingReply), nameof(Complaint.AskedReturn)])
            builder.Ignore(derived);
        Records(builder);
        Indexes(builder);
    }

    private static void Records(EntityTypeBuilder<Complaint> builder)
    {
        builder.HasMany(c => c.Clocks).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Suspensions).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Extensions).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Returns).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.CoHandlers).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Replies).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(c => c.Calls).WithOne().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Complaint>().WithMany().HasForeignKey(c => c.MasterId).OnDelete(DeleteBehavior.Restrict);
    }

    private static void Indexes(EntityTypeBuilder<Complaint> builder)
    {
        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => new { c.Channel, c.ExternalNumber }).IsUnique().HasFilter("external_number IS NOT NULL").HasDatabaseName(ExternalIndex);
        builder.HasIndex(c => new { c.ReporterId, c.Id }).HasFilter("reporter_id IS NOT NULL").HasDatabaseName("ix_complaints_reporter");
        builder.HasIndex(c => new { c.PhoneHash, c.Id }).HasFilter("phone_hash IS NOT NULL").HasDatabaseName("ix_complaints_phone");
        builder.HasIndex(c => new { c.ReporterId, c.Topic, c.SubmittedAt }).HasFilter("reporter_id IS NOT NULL").HasDatabaseName("ix_complaints_repeat_reporter");
        builder.HasIndex(c => new { c.PhoneHash, c.Topic, c.SubmittedAt }).HasFilter("phone_hash IS NOT NULL").HasDatabaseName("ix_complaints_repeat_phone");
        builder.HasIndex(c => new { c.Desk, c.DueAt, c.Id }).HasFilter("desk IN ('Clerk', 'Supervisor', 'Reviewer', 'CallBack')").HasDatabaseName("ix_complaints_desk");
        builder.HasIndex(c => new { c.Unit, c.DueAt, c.Id }).HasFilter("desk = 'Unit'").HasDatabaseName("ix_complaints_unit");
        builder.HasIndex(c => new { c.HandlerId, c.DueAt, c.Id }).HasFilter("desk = 'Unit' AND handler_id IS NOT NULL").HasDatabaseName("ix_complaints_handler");
        builder.HasIndex(c => new { c.Unit, c.Id }).HasFilter("desk = 'Waiting'").HasDatabaseName("ix_complaints_waiting");
        builder.HasIndex(c => c.Id).HasFilter("asks").HasDatabaseName("ix_complaints_asks");
        builder.HasIndex(c => new { c.DueAt, c.Id }).HasFilter("desk <> 'Nobody' AND due_at IS NOT NULL").HasDatabaseName("ix_complaints_due");
        builder.HasIndex(c => new { c.Unit, c.ClosedAt, c.Id }).HasFilter("closed_at IS NOT NULL").HasDatabaseName("ix_complaints_closed");
        builder.HasIndex(c => new { c.Topic, c.SubmittedAt }).HasDatabaseName("ix_complaints_topic");
        builder.HasIndex(c => c.MasterId).HasFilter("master_id IS NOT NULL").HasDatabaseName("ix_complaints_master");
        builder.HasIndex(c => new { c.PublishedAt, c.Id }).HasFilter("published_at IS NOT NULL").HasDatabaseName("ix_complaints_published");
        builder.HasIndex(c => new { c.SubmittedAt, c.Id }).HasFilter("published_at IS NOT NULL").HasDatabaseName("ix_complaints_public");
        builder.HasIndex(c => c.DispatchedAt).HasFilter("dispatched_at IS NOT NULL").HasDatabaseName("ix_complaints_dispatched");
        builder.HasIndex(c => new { c.Unit, c.DueAt, c.Id }).HasFilter("desk <> 'Nobody'").HasDatabaseName("ix_complaints_open");
        builder.HasIndex(c => new { c.ClientId, c.SubmittedAt, c.Id }).HasFilter("client_id IS NOT NULL").HasDatabaseName("ix_complaints_client");
        builder.HasIndex(c => new { c.DueAt, c.Id }).HasFilter("channel = 'SecretaryHotline'").HasDatabaseName("ix_complaints_hotline");
        builder.HasIndex(c => c.SubmittedAt).HasDatabaseName("ix_complaints_submitted");
    }
}
