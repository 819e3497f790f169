using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 受理并开始审查: stamps the acceptance, starts the promise clock and the review in one step. Where the promise counts from the
/// signing (面签) only what was pre-checked is accepted, by who saw the signature; refused: <c>case.pre-check-first</c>.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record AcceptCase(Guid CaseId) : ICommand;

internal sealed class AcceptCaseHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock)
    : IRequestHandler<AcceptCase, Unit>
{
    public async Task<Unit> Handle(AcceptCase request, CancellationToken ct)
    {
        var accepted = await db.LockClaimed(request.CaseId, user, ct);
        var service = await files.Definition(accepted.ServiceCode, accepted.ServiceVersion, ct);
        if (service.Clock.FromSigning && accepted.State == CaseState.Submitted)
            throw new RefusedException(CaseRefusals.PreCheckFirst());
        if (accepted.State == CaseState.PreChecked)
        {
            journal.Record(accepted, CaseWords.CaseSigned);
            db.Raise(new CaseSignedAtWindow(accepted.Id, accepted.Number!, accepted.Handler), clock.GetUtcNow());
        }

        journal.Move(accepted, CaseAction.Accept);
        journal.Move(accepted, CaseAction.StartReview);
        await caseClock.Start(accepted, ClockKind.Promise, service, ct);
        return Unit.Value;
    }
}
