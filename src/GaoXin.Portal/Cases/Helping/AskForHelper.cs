using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>
/// 请帮办员: gives the applicant's own open case a helper, by load and knowledge. A case that has one keeps it. Refused: the case has
/// ended or is a part of a bundle, or nobody on duty helps with this service now.
/// </summary>
[ForCitizens]
public sealed record AskForHelper(Guid CaseId) : ICommand;

internal sealed class AskForHelperHandler(PortalDbContext db, ICurrentUser user, HelperAssignment assignment) : IRequestHandler<AskForHelper, Unit>
{
    public async Task<Unit> Handle(AskForHelper request, CancellationToken ct)
    {
        var own = await db.LockOwnCase(request.CaseId, user, ct);
        if (own.BundleId is not null)
            throw new RefusedException(CaseRefusals.HelperOfBundle());
        if (own.State != CaseState.Draft && !CaseTransitions.Open.Contains(own.State))
            throw new RefusedException(CaseRefusals.NothingToHelp());
        if (await assignment.Assign(own, HelpReason.Asked, ct) is null)
            throw new RefusedException(CaseRefusals.NoHelper());
        return Unit.Value;
    }
}
