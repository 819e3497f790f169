using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>A generated material of a submitted case of the own department, from the answers last submitted, personal data masked.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record GetCaseDocumentForReview(Guid CaseId, string Code) : IQuery<CaseDocument>;

internal sealed class GetCaseDocumentForReviewHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseDocuments documents)
    : IRequestHandler<GetCaseDocumentForReview, CaseDocument>
{
    public async Task<CaseDocument> Handle(GetCaseDocumentForReview request, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == request.CaseId && c.Department == user.DepartmentCode && c.Number != null, ct).OrNotFound("case");
        var submitted = await db.CaseRevisions.AsNoTracking().Where(r => r.CaseId == found.Id && r.FrozenAt != null).OrderByDescending(r => r.Ordinal).FirstAsync(ct);
        return await documents.Make(await files.Open(found, submitted, ct), request.Code, mask: true, ct);
    }
}
