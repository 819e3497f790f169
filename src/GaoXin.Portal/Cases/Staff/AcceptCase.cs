using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>受理并开始审查: stamps the acceptance, starts the promise clock and the review in one step.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record AcceptCase(Guid CaseId) : ICommand;

internal sealed class AcceptCaseHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock)
    : IRequestHandler<AcceptCase, Unit>
{
    public async Task<Unit> Handle(AcceptCase request, CancellationToken ct)
    {
        var accepted = await db.LockClaimed(request.CaseId, user, ct);
        journal.Move(accepted, CaseAction.Accept);
        journal.Move(accepted, CaseAction.StartReview);
        await caseClock.Start(accepted, ClockKind.Promise, await files.Definition(accepted.ServiceCode, accepted.ServiceVersion, ct), ct);
        return Unit.Value;
    }
}
