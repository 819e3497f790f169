using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// A material that an officer asked for outside the guide, for the applicant who may bring it and for whom the applicant lets fill in the
/// form. Not found: not yours, or not asked for now.
/// </summary>
[ForFilers]
public sealed record GetExtraMaterial(Guid CaseId, string Code) : IQuery<ExtraMaterial>;

/// <summary>The material, what was written with it, and the files brought so far.</summary>
public sealed record ExtraMaterial(string Code, string Title, string Remark, string Reason, int MaximumFiles, IReadOnlyList<AttachmentView> Files);

internal sealed class GetExtraMaterialHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<GetExtraMaterial, ExtraMaterial>
{
    public async Task<ExtraMaterial> Handle(GetExtraMaterial request, CancellationToken ct)
    {
        await db.MustHaveLook(request.CaseId, user, clock.GetUtcNow(), ct);
        var asked = await (
            from i in db.CorrectionItems.AsNoTracking()
            join e in db.CaseExceptions on i.ExceptionId equals e.Id
            join c in db.Cases on i.CaseId equals c.Id
            where c.Id == request.CaseId && (user.IsStaff || c.ApplicantId == user.Id) && i.ResolvedAt == null && i.Path == Catalogue.AnswerPath.OfMaterial(request.Code)
            select new { Item = i, Exception = e }).SingleOrDefaultAsync(ct).OrNotFound("material");
        var files = await db.Attachments.AsNoTracking().Where(a => a.CaseId == request.CaseId && a.MaterialCode == request.Code && a.RemovedAt == null).OrderBy(a => a.UploadedAt).ToListAsync(ct);
        var material = asked.Exception.AsMaterial(cipher);
        return new ExtraMaterial(material.Code, material.Title, cipher.Unprotect(asked.Item.ProtectedRemark, CorrectionPurposes.Remark), asked.Exception.Reason(cipher),
            material.MaximumFiles, [.. files.Select(f => f.View(cipher))]);
    }
}
