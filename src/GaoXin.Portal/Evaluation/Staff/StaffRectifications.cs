using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>Which rectifications a member of staff sees: the supervisor, the call-back officer and the auditor all, a unit its own, everybody those about himself.</summary>
internal sealed class StaffRectifications(PortalDbContext db, ICurrentUser user)
{
    public bool SeesAll => user.IsInRole(Roles.ComplaintSupervisor) || user.IsInRole(Roles.CallBackOfficer) || user.IsInRole(Roles.Auditor);

    /// <summary>Not there and not for you look alike.</summary>
    public IQueryable<Rectification> Mine()
    {
        var (me, unit, all, liaison) = (user.Id, user.DepartmentCode, SeesAll, user.IsInRole(Roles.UnitLiaison));
        return all ? db.Rectifications : db.Rectifications.Where(r => r.RatedId == me || (liaison && r.Unit == unit));
    }

    public async Task<Rectification> Lock(Guid id, CancellationToken ct)
    {
        if (!await Mine().AnyAsync(r => r.Id == id, ct))
            throw new NotFoundException("rectification");
        return await db.Rectifications.FromSql($"SELECT * FROM evaluation.rectifications WHERE id = {id} FOR UPDATE").SingleAsync(ct);
    }
}
