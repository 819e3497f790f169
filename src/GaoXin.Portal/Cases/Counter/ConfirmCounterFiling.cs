using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 请申请人确认: sends the applicant a code for exactly the content as it is, answers and files; of a draft, or of a correction that the
/// applicant agreed to mend here. Refused: something is to mend, somebody else has not signed yet (他们用自己的账号签), nobody asked where
/// the result is fetched, the consent is over, codes too often; of a correction also: nothing was changed, it was answered already, the
/// time has passed.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record RequestSubmittingCode(Guid CaseId) : ICommand;

/// <summary>
/// 申请人确认并提交: with the code the case is submitted in the applicant's name; how it was signed is on record
/// (电子签名法 13). Content that changed after the code was sent voids it. A wrong code is an outcome that stays counted:
/// <c>counter.wrong-code</c>, <c>counter.code-locked</c>, <c>counter.content-changed</c>. What the applicant would be refused is refused here too.
/// A correction goes the same way back to where it came from; when somebody was quicker it is refused (<c>counter.already-mended</c>).
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record ConfirmCounterFiling(Guid CaseId, string? Code) : ICommand<CounterOutcome>
{
    /// <summary>Without the code, so that a log line never holds it.</summary>
    public override string ToString() => $"{nameof(ConfirmCounterFiling)} {CaseId}";
}

internal sealed class RequestSubmittingCodeHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CounterHalls halls, CaseFiles files, Signing signing, OpenCorrections corrections, TimeProvider clock)
    : IRequestHandler<RequestSubmittingCode, Unit>
{
    public async Task<Unit> Handle(RequestSubmittingCode request, CancellationToken ct)
    {
        var work = await db.LockAtCounter(request.CaseId, user, clock.Today(), ct);
        var own = work.Case;
        var seat = await halls.MustSit(ct);
        if (CounterConfirmation.Of(work) is { } refusal)
            throw new RefusedException(refusal);
        if (!await db.HasCounterConsent(own.Id, user, clock.GetUtcNow(), ct))
            throw new RefusedException(CounterRefusals.ConsentOver());
        var file = await files.Open(own, ct);
        if (own.State == CaseState.CorrectionRequested)
            await corrections.MustBeAnswered(file, await corrections.MustBeOpen(own, files, ct), ct);
        await files.MustBeReady(file, ct);
        var missing = (await signing.Signers(file, ct)).Count(s => !s.IsApplicant && !s.Signed);
        if (missing > 0)
            throw new RefusedException(CaseRefusals.SignaturesMissing(missing));
        work.Correction?.TakenUp(seat, clock.Today());
        await codes.SendToApplicant(own, CounterConfirmation.PurposeOf(own), await codes.ContentOf(file, ct), seat, ct);
        return Unit.Value;
    }
}

internal sealed class ConfirmCounterFilingHandler(
    PortalDbContext db, ICurrentUser user, CounterCodes codes, CaseFiles files, Signing signing, Submission submission, CaseJournal journal, TimeProvider clock)
    : IRequestHandler<ConfirmCounterFiling, CounterOutcome>
{
    /// <summary>How the applicant signed.</summary>
    public const string Method = "sms-code-at-counter";

    public async Task<CounterOutcome> Handle(ConfirmCounterFiling request, CancellationToken ct)
    {
        var work = await db.LockAtCounter(request.CaseId, user, clock.Today(), ct);
        var own = work.Case;
        // The second press, or the applicant was quicker on the own phone.
        if (CounterConfirmation.IsDone(work))
            return CounterOutcome.Yes(own.Id);
        if (CounterConfirmation.Of(work) is { } refusal)
            throw new RefusedException(refusal);
        if (!await db.HasCounterConsent(own.Id, user, clock.GetUtcNow(), ct))
            throw new RefusedException(CounterRefusals.ConsentOver());
        if (await codes.Open(own, CounterConfirmation.PurposeOf(own), ct) is not { } code)
            return CounterOutcome.No(CounterRefusals.WrongCode());
        var file = await files.Open(own, ct);
        if (code.ContentHash != await codes.ContentOf(file, ct))
        {
            await codes.Close(db.CounterCodes.Where(c => c.Id == code.Id), ct);
            return CounterOutcome.No(CounterRefusals.ContentChangedSince());
        }

        if (await codes.Use(code.Id, request.Code ?? "", ct) is { } wrong)
            return CounterOutcome.No(wrong);
        await Submit(work, signing.HashOf(file), code.Id, ct);
        return CounterOutcome.Yes(own.Id);
    }

    private async Task Submit(CounterWork work, string content, Guid code, CancellationToken ct)
    {
        var (own, filing, correction) = work;
        var mending = own.State == CaseState.CorrectionRequested ? correction : null;
        var (hall, window) = mending is null ? (filing.Hall, filing.Window) : (mending.Hall, mending.Window);
        journal.Record(own, CounterEvents.Confirmed, new { Method, ContentHash = content, Code = code, Hall = hall, Window = window });
        await submission.Submit(own, content, Method, ct);
        if (mending is null)
            filing.Confirmed(clock.GetUtcNow());
        else
            mending.Confirmed(clock.GetUtcNow());
    }
}

/// <summary>What the applicant can confirm at a window (pure): a draft, or a correction agreed to there.</summary>
internal static class CounterConfirmation
{
    public static CounterPurpose PurposeOf(Case own) => own.State == CaseState.CorrectionRequested ? CounterPurpose.Resubmit : CounterPurpose.Submit;

    /// <summary>It was submitted: the draft by anybody, the correction by this clerk.</summary>
    public static bool IsDone(CounterWork work) =>
        work.Case.State is not (CaseState.Draft or CaseState.CorrectionRequested) && work.Correction is null or { ConfirmedAt: not null };

    /// <summary>Why there is nothing to confirm; null when there is.</summary>
    public static Refusal? Of(CounterWork work) => work switch
    {
        { Case.State: CaseState.Draft, Filing.IssuingChosen: false } => CounterRefusals.ChooseIssuing(),
        { Case.State: CaseState.Draft } => null,
        { Case.State: CaseState.CorrectionRequested, Correction.OpenedAt: null } or { Case.State: CaseState.CorrectionRequested, Correction: null } => CounterRefusals.AgreeFirst(),
        { Case.State: CaseState.CorrectionRequested } => null,
        { Correction: not null } => CounterMending.NotWaiting(work.Case),
        _ => CaseRefusals.AlreadySubmitted(),
    };
}
