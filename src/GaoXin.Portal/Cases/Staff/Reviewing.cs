using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>What every handler of a review needs: the case of the own department, locked.</summary>
internal static class Reviewing
{
    public static async Task<Case> LockForStaff(this PortalDbContext db, Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        var found = await db.LockCase(caseId, ct);
        return found is not null && found.State != CaseState.Draft && found.Number is not null && found.Department == user.DepartmentCode && found.Handler != ServiceDefinition.OneThing
            ? found
            : throw new NotFoundException("case");
    }

    public static async Task<Case> LockClaimed(this PortalDbContext db, Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        var found = await db.LockForStaff(caseId, user, ct);
        return found.ClaimedBy == user.Id ? found : throw new RefusedException(found.ClaimedBy is null ? CaseRefusals.NotClaimed() : CaseRefusals.ClaimedByAnother());
    }
}
