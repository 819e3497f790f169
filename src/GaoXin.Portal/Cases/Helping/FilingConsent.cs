using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>On what ground a member of staff fills in somebody's form.</summary>
public enum ConsentKind
{
    /// <summary>帮办: the applicant agreed on the own page.</summary>
    Helper,

    /// <summary>综窗: the applicant stood at the window and gave the code of a short message.</summary>
    Counter,
}

/// <summary>
/// 同意代填: the applicant lets one member of staff see and fill in one form, until a day, and may end it at any time
/// (个人信息保护法 14, 15). It never covers submitting, signing, withdrawing or saying that a shared value is wrong, and promising only
/// at the window: those are acts of the applicant. At most one is open a case; ended with the case by a trigger.
/// </summary>
internal sealed class FilingConsent
{
    /// <summary>How long a look lasts before it is put on record again. Each save renews it.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(30);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required Guid StaffId { get; init; }

    public required ConsentKind Kind { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public required DateTimeOffset ValidUntil { get; init; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Until when the form is open to the member of staff: a look was put on record before (see <see cref="OpenForApplicant"/>).</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    public bool Holds(DateTimeOffset now) => EndedAt is null && now < ValidUntil;

    public void End(DateTimeOffset now) => EndedAt ??= now;

    /// <summary>Begins a look. Refused when the consent has ended.</summary>
    public void Open(DateTimeOffset now)
    {
        if (!Holds(now))
            throw new RefusedException(CaseRefusals.ConsentOver());
        OpenUntil = now + Look;
    }

    /// <summary>Refuses when the consent has ended, or nobody put a look on record lately.</summary>
    public void MustBeOpen(DateTimeOffset now)
    {
        if (!Holds(now))
            throw new RefusedException(CaseRefusals.ConsentOver());
        if (!IsOpen(now))
            throw new RefusedException(CaseRefusals.OpenFormFirst());
    }

    /// <summary>Refuses when the consent has ended; makes an open look longer. A late save is taken, so that nothing typed is lost, and shows nothing more.</summary>
    public void Write(DateTimeOffset now)
    {
        if (!Holds(now))
            throw new RefusedException(CaseRefusals.ConsentOver());
        if (IsOpen(now))
            OpenUntil = now + Look;
    }

    /// <summary>A look is on record and has not run out.</summary>
    public bool IsOpen(DateTimeOffset now) => OpenUntil is { } until && now < until;
}

internal sealed class FilingConsentConfiguration : IEntityTypeConfiguration<FilingConsent>
{
    public void Configure(EntityTypeBuilder<FilingConsent> builder)
    {
        builder.ToTable("filing_consents", "cases", t => t.HasCheckConstraint("ck_filing_consents_time", "valid_until > given_at AND (ended_at IS NULL OR ended_at >= given_at)"));
        builder.HasIndex(c => c.CaseId).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ux_filing_consents_open");
        builder.HasIndex(c => new { c.CaseId, c.StaffId }).HasDatabaseName("ix_filing_consents_staff");
        builder.HasOne<Case>().WithMany().HasForeignKey(c => c.CaseId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class FilingAccess
{
    extension(PortalDbContext db)
    {
        public DbSet<FilingConsent> FilingConsents => db.Set<FilingConsent>();

        /// <summary>Consents that hold: <see cref="FilingConsent.Holds"/> for queries.</summary>
        public IQueryable<FilingConsent> ConsentsHolding(DateTimeOffset now) => db.Set<FilingConsent>().Where(c => c.EndedAt == null && c.ValidUntil > now);

        /// <summary>
        /// The case, locked, for somebody who fills in its form: the applicant, or staff with an open consent. Not there, not yours and
        /// never agreed look alike; an ended consent is refused, because the member of staff had it.
        /// </summary>
        public async Task<Case> LockForFiling(Guid id, ICurrentUser user, DateTimeOffset now, CancellationToken ct)
        {
            if (!user.IsStaff)
                return await db.LockOwnCase(id, user, ct);
            var found = await db.LockCase(id, ct).OrNotFound("case");
            (await db.NewestConsent(id, user, ct)).Write(now);
            return found;
        }

        /// <summary>Lets staff read the form only while a look is on record; the applicant always.</summary>
        public async Task MustHaveLook(Guid caseId, ICurrentUser user, DateTimeOffset now, CancellationToken ct)
        {
            if (user.IsStaff)
                (await db.NewestConsent(caseId, user, ct)).MustBeOpen(now);
        }

        /// <summary>
        /// Who may write commitments (告知承诺): the applicant, and a clerk at the window, where nothing counts until the applicant has confirmed
        /// all of it with a code. Not a helper: there the applicant is somewhere else.
        /// </summary>
        public async Task<bool> MayCommit(Guid caseId, ICurrentUser user, CancellationToken ct) =>
            !user.IsStaff || (await db.NewestConsent(caseId, user, ct)).Kind == ConsentKind.Counter;

        /// <summary>The newest consent of the case for this member of staff, ended or not.</summary>
        public Task<FilingConsent> NewestConsent(Guid caseId, ICurrentUser user, CancellationToken ct) =>
            db.FilingConsents.Where(c => c.CaseId == caseId && c.StaffId == user.Id).OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct).OrNotFound("case");

        /// <summary>What the applicant agreed to at a window ends with the submit, whoever submits: the next correction needs a new consent.</summary>
        public Task EndCounterConsent(Guid caseId, DateTimeOffset now, CancellationToken ct) =>
            db.FilingConsents.Where(c => c.CaseId == caseId && c.Kind == ConsentKind.Counter && c.EndedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.EndedAt, now), ct);

        /// <summary>Ends the consent of the case that is open now, in the database too, so that another may be given in the same transaction; false when none is.</summary>
        public async Task<bool> EndConsent(Guid caseId, DateTimeOffset now, CancellationToken ct)
        {
            if (await db.FilingConsents.SingleOrDefaultAsync(c => c.CaseId == caseId && c.EndedAt == null, ct) is not { } open)
                return false;
            open.End(now);
            await db.SaveChangesAsync(ct);
            return true;
        }
    }
}
