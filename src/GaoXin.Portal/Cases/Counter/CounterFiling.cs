using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>Who came for the result.</summary>
public enum Recipient
{
    /// <summary>申请人本人.</summary>
    Applicant,

    /// <summary>代领人.</summary>
    Agent,
}

/// <summary>How who came for the result showed to be right.</summary>
public enum HandOverProof
{
    /// <summary>身份证号后六位.</summary>
    IdNumber,

    /// <summary>取件码.</summary>
    PickUpCode,
}

/// <summary>
/// A case that is filed at a comprehensive window (综窗): where it was accepted and by whom, in which hall its department decides, where
/// the result is handed out and that it was, once. Beside the case, which moves as any other.
/// </summary>
internal sealed class CounterFiling
{
    public const string ApplicantPurpose = "cases.counter-applicant";
    public const string AgentPurpose = "cases.counter-agent";
    public const string PickUpPurpose = "cases.counter-pick-up";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    /// <summary>受理大厅.</summary>
    public required string Hall { get; set; }

    public int? Window { get; set; }

    public required Guid ClerkId { get; set; }

    public required string ClerkName { get; set; }

    /// <summary>The day it was last taken up: a colleague, or another day, takes the draft up with a new consent.</summary>
    public required DateOnly Day { get; set; }

    /// <summary>审批大厅, as the department sits when it is filed.</summary>
    public required string DecidingHall { get; init; }

    /// <summary>The applicant's name, shown masked in lists.</summary>
    public required byte[] ProtectedApplicant { get; init; }

    /// <summary>发件大厅; null: the result is electronic only, or nobody has been asked yet.</summary>
    public string? IssuingHall { get; private set; }

    /// <summary>The applicant said where, or that nothing is to be fetched.</summary>
    public bool IssuingChosen { get; private set; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the applicant's code submitted it here; null when the applicant did it alone.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>The result lies in the issuing hall.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    public byte[]? ProtectedPickUpCode { get; private set; }

    public DateTimeOffset? HandedOverAt { get; private set; }

    public Guid? HandedOverBy { get; private set; }

    public string? HandedOverByName { get; private set; }

    public Recipient? HandedOverTo { get; private set; }

    public HandOverProof? Proof { get; private set; }

    public byte[]? ProtectedAgent { get; private set; }

    public void TakenUp(CounterSeat seat, ICurrentUser clerk, DateOnly today) =>
        (Hall, Window, ClerkId, ClerkName, Day) = (seat.Hall, seat.Window, clerk.Id, clerk.DisplayName, today);

    public void IssueAt(string? hall) => (IssuingHall, IssuingChosen) = (hall, true);

    public void Confirmed(DateTimeOffset now) => ConfirmedAt = now;

    public void Accepted(DateTimeOffset now) => AcceptedAt = now;

    public void Ready(byte[] pickUpCode, DateTimeOffset now) => (ReadyAt, ProtectedPickUpCode) = (now, pickUpCode);

    /// <summary>The decision was taken back: what was ready, or handed over, is void. What happened stays in the journal.</summary>
    public void TakenBack()
    {
        (ReadyAt, ProtectedPickUpCode) = (null, null);
        (HandedOverAt, HandedOverBy, HandedOverByName, HandedOverTo, Proof, ProtectedAgent) = (null, null, null, null, null, null);
    }
}

internal static class CounterSets
{
    extension(PortalDbContext db)
    {
        public DbSet<CounterFiling> CounterFilings => db.Set<CounterFiling>();

        public DbSet<CounterCode> CounterCodes => db.Set<CounterCode>();

        /// <summary>The clerk's own filing with its case, both locked. Somebody else's and none look alike.</summary>
        public async Task<(Case Case, CounterFiling Filing)> LockCounterFiling(Guid caseId, ICurrentUser clerk, CancellationToken ct)
        {
            var found = await db.LockCase(caseId, ct);
            var filing = await db.CounterFilings.SingleOrDefaultAsync(f => f.CaseId == caseId && f.ClerkId == clerk.Id, ct);
            return found is not null && filing is not null && found.State != CaseState.Withdrawn ? (found, filing) : throw new NotFoundException("counter filing");
        }

        /// <summary>The applicant agreed with a code: until the day ends. One consent holds at a time: the newest.</summary>
        public async Task ConsentAtCounter(Guid caseId, ICurrentUser clerk, DateTimeOffset now, CancellationToken ct)
        {
            await db.EndConsent(caseId, now, ct);
            db.Add(new FilingConsent { CaseId = caseId, StaffId = clerk.Id, Kind = ConsentKind.Counter, GivenAt = now, ValidUntil = now.Day().EndOfDay() });
        }

        /// <summary>True while the applicant's consent to fill in holds for this clerk.</summary>
        public Task<bool> HasCounterConsent(Guid caseId, ICurrentUser clerk, DateTimeOffset now, CancellationToken ct) =>
            db.ConsentsHolding(now).AnyAsync(c => c.CaseId == caseId && c.StaffId == clerk.Id, ct);
    }
}

internal sealed class CounterFilingConfiguration : IEntityTypeConfiguration<CounterFiling>
{
    public void Configure(EntityTypeBuilder<CounterFiling> builder)
    {
        builder.ToTable("counter_filings", "cases", t =>
        {
            t.HasCheckConstraint("ck_counter_filings_issuing", "issuing_hall IS NULL OR issuing_chosen");
            t.HasCheckConstraint("ck_counter_filings_ready", "(ready_at IS NULL) = (protected_pick_up_code IS NULL) AND (ready_at IS NULL OR issuing_hall IS NOT NULL)");
            t.HasCheckConstraint("ck_counter_filings_handed_over", "handed_over_at IS NULL OR (ready_at IS NOT NULL AND handed_over_at >= ready_at)");
            t.HasCheckConstraint("ck_counter_filings_handed_over_whole",
                "(handed_over_at IS NULL) = (handed_over_by IS NULL) AND (handed_over_at IS NULL) = (handed_over_by_name IS NULL) AND (handed_over_at IS NULL) = (handed_over_to IS NULL) AND (handed_over_at IS NULL) = (proof IS NULL)");
            t.HasCheckConstraint("ck_counter_filings_agent", "COALESCE(handed_over_to = 'Agent', false) = (protected_agent IS NOT NULL)");
        });
        builder.Property(f => f.Hall).HasMaxLength(60);
        builder.Property(f => f.ClerkName).HasMaxLength(50);
        builder.Property(f => f.DecidingHall).HasMaxLength(60);
        builder.Property(f => f.IssuingHall).HasMaxLength(60);
        builder.Property(f => f.HandedOverByName).HasMaxLength(50);
        builder.HasOne<Case>().WithOne().HasForeignKey<CounterFiling>(f => f.CaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => f.CaseId).IsUnique().HasDatabaseName("ux_counter_filings_case");
        builder.HasIndex(f => new { f.ClerkId, f.Id }).HasDatabaseName("ix_counter_filings_clerk");
        builder.HasIndex(f => new { f.Hall, f.Day, f.Id }).HasDatabaseName("ix_counter_filings_today");
        builder.HasIndex(f => new { f.IssuingHall, f.Id }).HasFilter("ready_at IS NOT NULL AND handed_over_at IS NULL").HasDatabaseName("ix_counter_filings_hand_out");
    }
}
