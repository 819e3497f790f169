using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>A material that the applicant promised to bring later (容缺后补), with what was uploaded so far. Not found: not yours, or not promised.</summary>
[ForCitizens]
public sealed record GetPromisedMaterial(Guid CaseId, string Code) : IQuery<PromisedMaterial>;

/// <summary>The material.</summary>
public sealed record PromisedMaterial(string Code, string Title, string? Hint, string ServiceTitle, DateOnly DueOn, int MaximumFiles, IReadOnlyList<AttachmentView> Files);

/// <summary>
/// 补交: the promised material is complete. The review goes on where it waited. Refused: no file yet (<c>case.nothing-to-hand-in</c>);
/// not found: not yours, or nothing is promised.
/// </summary>
[ForCitizens]
public sealed record HandInMaterial(Guid CaseId, string Code) : ICommand;

internal sealed class GetPromisedMaterialHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, PersonalDataCipher cipher) : IRequestHandler<GetPromisedMaterial, PromisedMaterial>
{
    public async Task<PromisedMaterial> Handle(GetPromisedMaterial request, CancellationToken ct)
    {
        var found = await (
            from p in db.MaterialPromises.AsNoTracking()
            join c in db.Cases on p.CaseId equals c.Id
            where c.Id == request.CaseId && c.ApplicantId == user.Id && p.MaterialCode == request.Code && p.Kind == PromiseKind.Later && p.EndedAt == null
            select new { c.ServiceCode, c.ServiceVersion, c.ServiceTitle, p.DueOn }).SingleOrDefaultAsync(ct).OrNotFound("material");
        var material = (await files.Definition(found.ServiceCode, found.ServiceVersion, ct)).Materials.First(m => m.Code == request.Code);
        var brought = await db.Attachments.AsNoTracking().Where(a => a.CaseId == request.CaseId && a.MaterialCode == request.Code && a.RemovedAt == null).OrderBy(a => a.UploadedAt).ToListAsync(ct);
        return new PromisedMaterial(material.Code, material.Title, material.Hint, found.ServiceTitle, found.DueOn!.Value, material.MaximumFiles, [.. brought.Select(a => a.View(cipher))]);
    }
}

internal sealed class HandInMaterialHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock) : IRequestHandler<HandInMaterial, Unit>
{
    public async Task<Unit> Handle(HandInMaterial request, CancellationToken ct)
    {
        var own = await db.LockOwnCase(request.CaseId, user, ct);
        var open = await db.MaterialPromises.Where(p => p.CaseId == own.Id && p.Kind == PromiseKind.Later && p.EndedAt == null).ToListAsync(ct);
        var promise = open.SingleOrDefault(p => p.MaterialCode == request.Code) ?? throw new NotFoundException("material");
        if (!await db.Attachments.AnyAsync(a => a.CaseId == own.Id && a.MaterialCode == request.Code && a.RemovedAt == null, ct))
            throw new RefusedException(CaseRefusals.NothingToHandIn());
        promise.End(PromiseOutcome.Kept, clock.GetUtcNow());
        journal.Record(own, CasePromises.HandedIn, new { Material = request.Code });
        if (open.Count == 1 && await db.ClockSegments.AnyAsync(s => s.CaseId == own.Id && s.To == null && s.Reason == CasePromises.Waiting, ct))
            await caseClock.Resume(own, await files.Definition(own.ServiceCode, own.ServiceVersion, ct), ct);
        return Unit.Value;
    }
}
