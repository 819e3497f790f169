using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

/// <summary>How a case ended.</summary>
public enum CaseOutcome
{
    /// <summary>准予.</summary>
    Approved,

    /// <summary>不予.</summary>
    Refused,

    /// <summary>不予受理.</summary>
    NotAccepted,

    /// <summary>补正逾期，或者没按时约面签.</summary>
    Lapsed,

    /// <summary>撤回.</summary>
    Withdrawn,
}

/// <summary>
/// One application (办件). The state moves only through <see cref="CaseJournal"/>, which asks the state table and writes
/// the event. Answers live in revisions; nothing personal is kept in clear on this row.
/// </summary>
internal sealed class Case
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string? Number { get; private set; }

    public required string ServiceCode { get; init; }

    public required int ServiceVersion { get; init; }

    public required string ServiceTitle { get; init; }

    public required string Handler { get; init; }

    public required string Department { get; init; }

    public required Guid ApplicantId { get; init; }

    /// <summary>The enterprise the applicant acts for, if any.</summary>
    public Guid? EnterpriseId { get; init; }

    /// <summary>The case of the bundle (一件事) that this one is a part of.</summary>
    public Guid? BundleId { get; init; }

    /// <summary>Which member of the bundle it is.</summary>
    public string? MemberCode { get; init; }

    /// <summary>Members that must be approved before this one may be: it is looked at beforehand (预审).</summary>
    public string[] WaitsFor { get; init; } = [];

    /// <summary>Working days that the bundle promises for it; null where the service's own hold.</summary>
    public int? PromisedDays { get; init; }

    /// <summary>绿色通道: first in the work list.</summary>
    public bool GreenChannel { get; init; }

    public CaseState State { get; private set; } = CaseState.Draft;

    public CaseState? ReturnTo { get; private set; }

    public CaseOutcome? Outcome { get; private set; }

    /// <summary>True when the rules asked for an officer.</summary>
    public bool Referred { get; private set; }

    public bool DecidedAutomatically { get; private set; }

    /// <summary>The listed name: an enterprise's name is public, a person's is masked.</summary>
    public string? Subject { get; private set; }

    public string[] SubjectGrams { get; private set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public required DateOnly DraftKeptUntil { get; set; }

    public Guid? ClaimedBy { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    public Guid? LicenceId { get; private set; }

    public int CorrectionRounds { get; private set; }

    /// <summary>The due day as computed with <see cref="CalendarVersion"/>; null while paused. A cache for sorting: the truth is segments and calendar.</summary>
    public DateOnly? DueOn { get; set; }

    public string? CalendarVersion { get; set; }

    public int EventCount { get; set; }

    public byte[] EventHead { get; set; } = [];

    /// <summary>Moves along the state table. Called by the journal only, so that no move goes unrecorded.</summary>
    public void Move(CaseAction action, DateTimeOffset now)
    {
        if (!CaseTransitions.Table.TryGetValue((State, action), out var targets))
            throw new RefusedException(CaseRefusals.NotNow(State, action));
        var from = State;
        State = action == CaseAction.Resubmit ? ReturnTo ?? targets[0] : targets[0];
        switch (action)
        {
            case CaseAction.Submit:
                SubmittedAt = now;
                break;
            case CaseAction.Accept:
                AcceptedAt = now;
                break;
            case CaseAction.RequestCorrection:
                // What was pre-checked is looked through again.
                ReturnTo = from == CaseState.PreChecked ? CaseState.Submitted : from;
                CorrectionRounds++;
                break;
            case CaseAction.Approve or CaseAction.Refuse or CaseAction.ApproveAutomatically:
                DecidedAt = now;
                Outcome = action == CaseAction.Refuse ? CaseOutcome.Refused : CaseOutcome.Approved;
                DecidedAutomatically = action == CaseAction.ApproveAutomatically;
                break;
            case CaseAction.Revoke:
                Outcome = null;
                DecidedAt = null;
                ClosedAt = null;
                LicenceId = null;
                DecidedAutomatically = false;
                break;
        }

        if (State is CaseState.Closed or CaseState.Withdrawn)
            End(action, now);
    }

    public void Numbered(string number, string? subject)
    {
        Number = number;
        Subject = subject;
        SubjectGrams = Bigrams.Of(subject);
    }

    public void Rename(string? subject)
    {
        Subject = subject;
        SubjectGrams = Bigrams.Of(subject);
    }

    public void ReferToOfficer() => Referred = true;

    public void Claim(Guid staffId, DateTimeOffset now)
    {
        if (ClaimedBy is { } other && other != staffId)
            throw new RefusedException(CaseRefusals.ClaimedByAnother());
        ClaimedBy = staffId;
        ClaimedAt = now;
    }

    public void Release()
    {
        ClaimedBy = null;
        ClaimedAt = null;
    }

    public void Licensed(Guid licenceId) => LicenceId = licenceId;

    private void End(CaseAction action, DateTimeOffset now)
    {
        ClosedAt = now;
        Release();
        Outcome = action switch
        {
            CaseAction.RefuseToAccept => CaseOutcome.NotAccepted,
            CaseAction.Lapse => CaseOutcome.Lapsed,
            CaseAction.Withdraw => CaseOutcome.Withdrawn,
            _ => Outcome,
        };
    }
}

/// <summary>Two-character pieces of a name, so that two Chinese characters find it through a GIN index.</summary>
internal static class Bigrams
{
    public static string[] Of(string? text) => Text.Pairs(Text.Compact(text));
}

internal static class CaseSets
{
    extension(PortalDbContext db)
    {
        public DbSet<Case> Cases => db.Set<Case>();

        public DbSet<CaseRevision> CaseRevisions => db.Set<CaseRevision>();

        public DbSet<CaseEvent> CaseEvents => db.Set<CaseEvent>();

        public DbSet<CasePerson> CasePeople => db.Set<CasePerson>();

        public DbSet<ClockSegment> ClockSegments => db.Set<ClockSegment>();

        public DbSet<CorrectionItem> CorrectionItems => db.Set<CorrectionItem>();

        public DbSet<Signature> Signatures => db.Set<Signature>();

        public DbSet<RuleRun> RuleRuns => db.Set<RuleRun>();

        public DbSet<Attachment> Attachments => db.Set<Attachment>();

        /// <summary>The case, locked until the transaction ends, so that two people never move it at once.</summary>
        public async Task<Case?> LockCase(Guid id, CancellationToken ct) =>
            await db.Cases.FromSql($"SELECT * FROM cases.cases WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

        /// <summary>The applicant's own case, locked. Not there and not yours look alike.</summary>
        public async Task<Case> LockOwnCase(Guid id, ICurrentUser user, CancellationToken ct)
        {
            var found = await db.LockCase(id, ct);
            return found is not null && found.ApplicantId == user.Id ? found : throw new NotFoundException("case");
        }
    }
}

internal sealed class CaseConfiguration : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> builder)
    {
        builder.ToTable("cases", "cases", t =>
        {
            t.HasCheckConstraint("ck_cases_number", "(state IN ('Draft') OR number IS NOT NULL OR (state = 'Withdrawn' AND submitted_at IS NULL))");
            t.HasCheckConstraint("ck_cases_outcome", "state NOT IN ('Decided', 'Issued', 'Closed') OR outcome IS NOT NULL");
            t.HasCheckConstraint("ck_cases_member", "(bundle_id IS NULL) = (member_code IS NULL)");
            t.HasCheckConstraint("ck_cases_issued", "state <> 'Issued' OR outcome = 'Approved'");
        });
        builder.Property(c => c.Number).HasMaxLength(20);
        builder.Property(c => c.ServiceCode).HasMaxLength(60);
        builder.Property(c => c.ServiceTitle).HasMaxLength(100);
        builder.Property(c => c.Handler).HasMaxLength(60);
        builder.Property(c => c.Department).HasMaxLength(60);
        builder.Property(c => c.Subject).HasMaxLength(200);
        builder.Property(c => c.CalendarVersion).HasMaxLength(64);
        builder.Property(c => c.MemberCode).HasMaxLength(60);
        builder.HasOne<Case>().WithMany().HasForeignKey(c => c.BundleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => new { c.DueOn, c.Id }).HasFilter("bundle_id IS NOT NULL AND state IN ('Submitted', 'Accepted', 'InReview')").HasDatabaseName("ix_cases_member_due");
        builder.HasIndex(c => new { c.BundleId, c.MemberCode }).IsUnique().HasFilter("bundle_id IS NOT NULL").HasDatabaseName("ux_cases_member");
        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => new { c.ApplicantId, c.EnterpriseId, c.ServiceCode }).IsUnique().AreNullsDistinct(false)
            .HasFilter("state = 'Draft'").HasDatabaseName("ux_cases_one_draft");
        builder.HasIndex(c => new { c.ApplicantId, c.Id }).HasDatabaseName("ix_cases_applicant");
        builder.HasIndex(c => new { c.Department, c.DueOn, c.Id })
            .IncludeProperties(c => new { c.Handler, c.Referred })
            .HasFilter("state IN ('Submitted', 'Accepted', 'InReview')").HasDatabaseName("ix_cases_work");
        builder.HasIndex(c => new { c.Department, c.DueOn, c.Id }, "ix_cases_green")
            .HasFilter("green_channel AND state IN ('Submitted', 'Accepted', 'InReview')").HasDatabaseName("ix_cases_green");
        builder.HasIndex(c => new { c.Department, c.DueOn, c.Id }, "ix_cases_waiting").IncludeProperties(c => c.Handler)
            .HasFilter("state IN ('CorrectionRequested', 'PreChecked')").HasDatabaseName("ix_cases_waiting");
        builder.HasIndex(c => new { c.ClaimedBy, c.DueOn, c.Id }).IncludeProperties(c => new { c.Department, c.Handler, c.Referred })
            .HasFilter("claimed_by IS NOT NULL AND state IN ('Submitted', 'Accepted', 'InReview')").HasDatabaseName("ix_cases_claimed");
        builder.HasIndex(c => new { c.Department, c.SubmittedAt, c.Id }).HasFilter("submitted_at IS NOT NULL").HasDatabaseName("ix_cases_history");
        builder.HasIndex(c => c.SubjectGrams).HasMethod("gin").HasDatabaseName("ix_cases_subject_grams");
    }
}

/// <summary>Who is part of a case, by keyed hash of the ID number: for “my signatures” and for staff look-up by ID.</summary>
internal sealed class CasePerson
{
    /// <summary>The role of who files.</summary>
    public const string Applicant = "applicant";

    public required Guid CaseId { get; init; }

    public required byte[] PersonHash { get; init; }

    public required string Role { get; init; }
}

internal sealed class CasePersonConfiguration : IEntityTypeConfiguration<CasePerson>
{
    public void Configure(EntityTypeBuilder<CasePerson> builder)
    {
        builder.ToTable("people", "cases");
        builder.HasKey(p => new { p.CaseId, p.PersonHash, p.Role });
        builder.Property(p => p.Role).HasMaxLength(40);
        builder.HasIndex(p => p.PersonHash);
        builder.HasOne<Case>().WithMany().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}
