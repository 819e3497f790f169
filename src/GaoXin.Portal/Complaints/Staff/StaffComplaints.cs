using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>Which complaints a member of staff may see: those of the own unit, or all for whom the whole is the duty. Others look like none.</summary>
internal sealed class StaffComplaints(PortalDbContext db, ICurrentUser user, IMediator mediator)
{
    public async Task<Complaint> Lock(Guid id, CancellationToken ct)
    {
        var found = await db.LockComplaint(id, ct);
        return found is not null && Sees(found.Unit, found.CoHandlers.Select(c => c.Unit)) ? found : throw new NotFoundException("complaint");
    }

    public bool Sees(string? unit, IEnumerable<string> coUnits) =>
        SeesAll || (user.DepartmentCode is { } own && (unit == own || coUnits.Contains(own)));

    public bool SeesAll => user.IsInRole(Roles.ComplaintClerk) || user.IsInRole(Roles.ReplyReviewer) || user.IsInRole(Roles.CallBackOfficer) || user.IsInRole(Roles.ComplaintSupervisor);

    /// <summary>实名保密: who has to solve it does not learn who asked. 匿名: nobody does, but a number may be called.</summary>
    public static bool MayKnowWho(IdentityMode identity, ICurrentUser user) => identity == IdentityMode.Named
        || user.IsInRole(Roles.ComplaintClerk) || user.IsInRole(Roles.CallBackOfficer) || user.IsInRole(Roles.ComplaintSupervisor);

    public async Task<string> MustBeUnit(string? unit, CancellationToken ct) =>
        (await mediator.Send(new GetDepartments(), ct)).Any(d => d.Code == unit) ? unit! : throw new RefusedException(ComplaintRefusals.UnknownUnit());

    /// <summary>How this member of staff is shown to the citizen: the unit and the surname.</summary>
    public async Task<string> Shown(CancellationToken ct)
    {
        var unit = (await mediator.Send(new GetDepartments(), ct)).FirstOrDefault(d => d.Code == user.DepartmentCode)?.Title;
        return $"{unit} {Masking.Name(user.DisplayName)}".Trim();
    }
}
