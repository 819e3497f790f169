using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 来补正: finds a case that waits for a correction by its number and the end of the applicant's ID number, in any hall, and puts it into
/// the clerk's hands for today, on record. A wrong pair is an outcome that stays counted, alike for everything that does not fit:
/// <c>counter.no-such-correction</c>, <c>counter.too-many-look-ups</c>. Refused to who has the right pair: it was filed without a window
/// (<c>counter.not-of-counter</c>), it was answered already, nothing is asked, the time has passed.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record FindCounterCorrection : ICommand<CounterOutcome>
{
    /// <summary>办件编号, as on the receipt.</summary>
    public string Number { get; init; } = "";

    /// <summary>The last 6 of the applicant's ID number.</summary>
    public string Proof { get; init; } = "";

    /// <summary>Without what was shown, so that a log line never holds it.</summary>
    public override string ToString() => nameof(FindCounterCorrection);
}

internal sealed class FindCounterCorrectionValidator : AbstractValidator<FindCounterCorrection>
{
    public FindCounterCorrectionValidator()
    {
        RuleFor(c => c.Number).Must(n => CaseNumber.Normalise(n) is not null).WithMessage("办件编号不对，请对照受理回执再填：GX 开头，一共 17 位。");
        RuleFor(c => c.Proof).Must(p => Text.Compact(p).Length == IdEnding.Length).WithMessage("请填身份证号的后 6 位。");
    }
}

internal sealed class FindCounterCorrectionHandler(
    PortalDbContext db, ICurrentUser user, CounterHalls halls, CaseFiles files, OpenCorrections corrections, IPeople people, IGuessing guessing, CaseJournal journal, TimeProvider clock)
    : IRequestHandler<FindCounterCorrection, CounterOutcome>
{
    private static readonly GuessRule Guesses = new("counter-correction", 5, TimeSpan.FromHours(1)) { TriesOfNetwork = 100, RestAfter = 20 };

    public async Task<CounterOutcome> Handle(FindCounterCorrection request, CancellationToken ct)
    {
        var seat = await halls.MustSit(ct);
        var number = CaseNumber.Normalise(request.Number)!;
        if (!await guessing.Take(Guesses, number, ct))
            return CounterOutcome.No(CounterRefusals.TooManyLookUps());
        if (await Find(number, request.Proof, ct) is not { } found)
            return CounterOutcome.No(CounterRefusals.NoSuchCorrection());
        await guessing.Right(Guesses, number, ct);
        if (!await db.CounterFilings.AnyAsync(f => f.CaseId == found.Id, ct))
            throw new RefusedException(CounterRefusals.NotOfCounter());
        await corrections.MustBeOpen(found, files, ct);
        if (await db.TakeInHand(found, seat, user, clock.Today(), ct))
            journal.Record(found, CounterEvents.CorrectionFound, new { seat.Hall, seat.Window, Round = found.CorrectionRounds });
        return CounterOutcome.Yes(found.Id);
    }

    private async Task<Case?> Find(string number, string proof, CancellationToken ct)
    {
        var id = await db.Cases.Where(c => c.Number == number).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
        if (id is null || await db.LockCase(id.Value, ct) is not { } found || found.State == CaseState.Withdrawn)
            return null;
        return (await people.Find(found.ApplicantId, ct))?.IdNumber is { } right && IdEnding.Fits(right, proof) ? found : null;
    }
}
