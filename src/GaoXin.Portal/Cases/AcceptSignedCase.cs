using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>
/// The applicant has signed in the hall (面签): a pre-checked case is accepted and its promise counts from the day of the
/// signing, which itself is not counted. Repeatable; a case that is not waiting for the signing stays as it is. The answer is
/// whether the signing counts: not while something has to be mended.
/// </summary>
/// <param name="CaseId">The case.</param>
/// <param name="SignedAt">When it was signed.</param>
[ForSystem]
public sealed record AcceptSignedCase(Guid CaseId, DateTimeOffset SignedAt) : ICommand<bool>;

internal sealed class AcceptSignedCaseHandler(PortalDbContext db, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock) : IRequestHandler<AcceptSignedCase, bool>
{
    public async Task<bool> Handle(AcceptSignedCase request, CancellationToken ct)
    {
        var signed = await db.LockCase(request.CaseId, ct) ?? throw new NotFoundException("case");
        if (signed.State != CaseState.PreChecked)
            return signed.State is not (CaseState.Submitted or CaseState.CorrectionRequested);
        journal.Record(signed, CaseWords.CaseSigned, new { request.SignedAt });
        journal.Move(signed, CaseAction.Accept);
        journal.Move(signed, CaseAction.StartReview);
        await caseClock.Start(signed, ClockKind.Promise, request.SignedAt, await files.Definition(signed.ServiceCode, signed.ServiceVersion, ct), ct);
        db.Raise(new CaseSignedAtWindow(signed.Id, signed.Number!, signed.Handler), clock.GetUtcNow());
        return true;
    }
}
