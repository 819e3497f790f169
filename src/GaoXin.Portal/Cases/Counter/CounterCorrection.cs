using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// A round of corrections (补正) in the hands of a window, any window: which clerk found it or sent for the applicant's consent, in which
/// hall, and whether it was submitted there. Beside the filing, whose hall and clerk stay those of the acceptance.
/// </summary>
internal sealed class CounterCorrection
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CaseId { get; init; }

    public required int Round { get; init; }

    public required Guid ClerkId { get; init; }

    public required string ClerkName { get; init; }

    public required string Hall { get; set; }

    public int? Window { get; set; }

    /// <summary>The day it was last taken in hand: another day it is found anew.</summary>
    public required DateOnly Day { get; set; }

    /// <summary>When the applicant agreed with a code; null before.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>When the applicant's code submitted it here; null when somebody else was quicker, or nobody has.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public bool InHand(DateOnly today) => Day == today || ConfirmedAt is not null;

    public void TakenUp(CounterSeat seat, DateOnly today) => (Hall, Window, Day) = (seat.Hall, seat.Window, today);

    public void Opened(DateTimeOffset now) => OpenedAt = now;

    public void Confirmed(DateTimeOffset now) => ConfirmedAt = now;
}

/// <summary>A case at the counter, locked, with the round of corrections that the clerk has in hand.</summary>
internal sealed record CounterWork(Case Case, CounterFiling Filing, CounterCorrection? Correction);

internal static class CounterCorrectionSets
{
    extension(PortalDbContext db)
    {
        public DbSet<CounterCorrection> CounterCorrections => db.Set<CounterCorrection>();

        /// <summary>The case for the clerk who filed it, or who has its correction in hand today. Nobody's, somebody else's and none look alike.</summary>
        public async Task<CounterWork> LockAtCounter(Guid caseId, ICurrentUser clerk, DateOnly today, CancellationToken ct)
        {
            var found = await db.LockCase(caseId, ct);
            var filing = await db.CounterFilings.SingleOrDefaultAsync(f => f.CaseId == caseId, ct);
            if (found is null || filing is null || found.State == CaseState.Withdrawn)
                throw new NotFoundException("counter filing");
            var correction = await db.CorrectionOf(found, clerk, ct);
            return filing.ClerkId == clerk.Id || (correction?.InHand(today) ?? false) ? new CounterWork(found, filing, correction) : throw new NotFoundException("counter filing");
        }

        /// <summary>The newest round of the case, as this clerk has it.</summary>
        public Task<CounterCorrection?> CorrectionOf(Case of, ICurrentUser clerk, CancellationToken ct) =>
            db.CounterCorrections.SingleOrDefaultAsync(x => x.CaseId == of.Id && x.ClerkId == clerk.Id && x.Round == of.CorrectionRounds, ct);

        /// <summary>Puts the round into the clerk's hands, for today; answers true when it was not yet.</summary>
        public async Task<bool> TakeInHand(Case of, CounterSeat seat, ICurrentUser clerk, DateOnly today, CancellationToken ct)
        {
            if (await db.CorrectionOf(of, clerk, ct) is { } known)
            {
                var anew = !known.InHand(today);
                known.TakenUp(seat, today);
                return anew;
            }

            db.Add(new CounterCorrection
            {
                CaseId = of.Id,
                Round = of.CorrectionRounds,
                ClerkId = clerk.Id,
                ClerkName = clerk.DisplayName,
                Hall = seat.Hall,
                Window = seat.Window,
                Day = today,
            });
            return true;
        }
    }
}

/// <summary>Whether a correction can be taken up or submitted at a window, and why not.</summary>
internal static class CounterMending
{
    /// <summary>The round that a window may take up now. Refused: the case waits for none, or no longer.</summary>
    public static async Task<OpenCorrection> MustBeOpen(this OpenCorrections corrections, Case own, CaseFiles files, CancellationToken ct)
    {
        var open = await corrections.Of(own, await files.Definition(own.ServiceCode, own.ServiceVersion, ct), ct) ?? throw new RefusedException(NotWaiting(own));
        corrections.MustBeInTime(open);
        return open;
    }

    /// <summary>The refusal for a case that waits for no correction: answered already, closed for it, or never asked.</summary>
    public static Refusal NotWaiting(Case of) => of switch
    {
        { State: CaseState.Closed, Outcome: CaseOutcome.Lapsed } => CounterRefusals.CorrectionLapsed(),
        { CorrectionRounds: > 0, State: CaseState.Submitted or CaseState.PreChecked or CaseState.Accepted or CaseState.InReview } => CounterRefusals.AlreadyMended(),
        _ => CounterRefusals.NothingToMend(),
    };
}

internal sealed class CounterCorrectionConfiguration : IEntityTypeConfiguration<CounterCorrection>
{
    public void Configure(EntityTypeBuilder<CounterCorrection> builder)
    {
        builder.ToTable("counter_corrections", "cases", t => t.HasCheckConstraint("ck_counter_corrections_order", "confirmed_at IS NULL OR (opened_at IS NOT NULL AND confirmed_at >= opened_at)"));
        builder.Property(x => x.ClerkName).HasMaxLength(50);
        builder.Property(x => x.Hall).HasMaxLength(60);
        builder.HasOne<Case>().WithMany().HasForeignKey(x => x.CaseId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(x => new { x.CaseId, x.Round, x.ClerkId }).IsUnique().HasDatabaseName("ux_counter_corrections_clerk");
        builder.HasIndex(x => new { x.CaseId, x.Round }).IsUnique().HasFilter("confirmed_at IS NOT NULL").HasDatabaseName("ux_counter_corrections_once");
        builder.HasIndex(x => new { x.ClerkId, x.Day }).HasDatabaseName("ix_counter_corrections_day");
    }
}
