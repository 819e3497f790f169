using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>
/// The applicant has signed in the hall (面签): a pre-checked case is accepted and its promise counts from the day of the
/// signing, which itself is not counted. Repeatable; a case that is not waiting for the signing, or has to be mended
/// first, stays as it is.
/// </summary>
/// <param name="CaseId">The case.</param>
/// <param name="SignedAt">When it was signed.</param>
[ForSystem]
public sealed record AcceptSignedCase(Guid CaseId, DateTimeOffset SignedAt) : ICommand;

internal sealed class AcceptSignedCaseHandler(PortalDbContext db, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock) : IRequestHandler<AcceptSignedCase, Unit>
{
    public async Task<Unit> Handle(AcceptSignedCase request, CancellationToken ct)
    {
        var signed = await db.LockCase(request.CaseId, ct) ?? throw new NotFoundException("case");
        if (signed.State != CaseState.PreChecked)
            return Unit.Value;
        journal.Record(signed, CaseWords.CaseSigned, new { request.SignedAt });
        journal.Move(signed, CaseAction.Accept);
        journal.Move(signed, CaseAction.StartReview);
        await caseClock.Start(signed, ClockKind.Promise, request.SignedAt, await files.Definition(signed.ServiceCode, signed.ServiceVersion, ct), ct);
        db.Raise(new CaseSignedAtWindow(signed.Id, signed.Number!, signed.Handler), clock.GetUtcNow());
        return Unit.Value;
    }
}
