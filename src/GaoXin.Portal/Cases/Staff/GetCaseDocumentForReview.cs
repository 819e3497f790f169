using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// A generated material of a submitted case of the own department, from the answers last submitted, personal data masked. The
/// read is put on record first, with the case as the reason; the applicant sees it on 我的数据.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record GetCaseDocumentForReview(Guid CaseId, string Code) : ICommand<CaseDocument>;

internal sealed class GetCaseDocumentForReviewHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseDocuments documents, OfficerReads reads)
    : IRequestHandler<GetCaseDocumentForReview, CaseDocument>
{
    public async Task<CaseDocument> Handle(GetCaseDocumentForReview request, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == request.CaseId && c.Department == user.DepartmentCode && c.Number != null, ct).OrNotFound("case");
        var submitted = await db.CaseRevisions.AsNoTracking().Where(r => r.CaseId == found.Id && r.FrozenAt != null).OrderByDescending(r => r.Ordinal).FirstAsync(ct);
        var document = await documents.Make(await files.Open(found, submitted, ct), request.Code, mask: true, ct);
        await reads.Record(found, document.Document.Title, ct);
        return document;
    }
}
