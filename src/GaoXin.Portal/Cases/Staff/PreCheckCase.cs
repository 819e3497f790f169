using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 预审通过: the officer has looked the application through, the applicant may book the signing in the hall (面签). The clock
/// stands still until then. Refused: <c>case.no-pre-check</c> where the promise does not count from the signing.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record PreCheckCase(Guid CaseId) : ICommand;

internal sealed class PreCheckCaseHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock)
    : IRequestHandler<PreCheckCase, Unit>
{
    public async Task<Unit> Handle(PreCheckCase request, CancellationToken ct)
    {
        var looked = await db.LockClaimed(request.CaseId, user, ct);
        var service = await files.Definition(looked.ServiceCode, looked.ServiceVersion, ct);
        if (!service.Clock.FromSigning)
            throw new RefusedException(CaseRefusals.NoPreCheck());
        journal.Move(looked, CaseAction.PreCheck);
        await caseClock.Pause(looked, CaseClock.Signing, service, ct);
        db.Raise(new CasePreChecked(looked.Id, looked.Number!, looked.ServiceCode, looked.Handler, looked.CorrectionRounds), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal static class PreChecking
{
    /// <summary>What the state table allows and the service has: a pre-check, or an acceptance without one.</summary>
    public static bool Offers(ServiceDefinition service, CaseState state, CaseAction action) => action switch
    {
        CaseAction.PreCheck => service.Clock.FromSigning,
        CaseAction.Accept => !service.Clock.FromSigning || state != CaseState.Submitted,
        _ => true,
    };
}
