using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>The licence a case led to, for its holders and for staff; null when there is none or it is not yours.</summary>
[ForSignedIn]
public sealed record GetLicenceOfCase(Guid CaseId) : IQuery<LicenceSummary?>;

internal sealed class GetLicenceOfCaseHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GetLicenceOfCase, LicenceSummary?>
{
    public async Task<LicenceSummary?> Handle(GetLicenceOfCase request, CancellationToken ct)
    {
        var visible = user.IsStaff || user.IsSystem ? db.IssuedLicences : db.LicencesOf(user.Id);
        var licence = await visible.AsNoTracking().Where(l => l.CaseId == request.CaseId).OrderBy(l => l.Id).FirstOrDefaultAsync(ct);
        return licence is null ? null : GetMyLicencesHandler.Summary(licence, clock.Today());
    }
}
