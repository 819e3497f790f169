using System.Security.Cryptography;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Files;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Adds a file to a material of the applicant's own draft or correction, by the applicant or by whom the applicant lets fill it in, or to one that was promised for later. JPEG, PNG or PDF up to 10 MB, told by content;
/// photo metadata is dropped; checked for malware; kept encrypted. Refused: a material the guide does not have (指南之外无材料),
/// more than 60 files or 200 MB in one case, those taken away from a submitted case counted.
/// </summary>
[ForFilers]
public sealed record UploadAttachment(Guid CaseId, string MaterialCode, string FileName, byte[] Content) : ICommand<AttachmentView>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(UploadAttachment);
}

/// <summary>Takes a file away from the applicant's own draft or correction.</summary>
[ForFilers]
public sealed record RemoveAttachment(Guid CaseId, Guid AttachmentId) : ICommand;

/// <summary>
/// Opens a file: the applicant's own, for officers of the deciding department, or for whom the applicant lets fill in the form. What staff
/// open is put on record before it is answered, with the case as the reason; the applicant sees it on 我的数据 (个人信息保护法 44, 55).
/// </summary>
[ForSignedIn]
public sealed record OpenAttachment(Guid CaseId, Guid AttachmentId) : ICommand<AttachmentContent>;

/// <summary>A file's content, checked against its hash.</summary>
public sealed record AttachmentContent(string Name, string ContentType, byte[] Content);

internal sealed class UploadAttachmentHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, IFileScanner scanner, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<UploadAttachment, AttachmentView>
{
    public async Task<AttachmentView> Handle(UploadAttachment request, CancellationToken ct)
    {
        var own = await db.LockForFiling(request.CaseId, user, clock.GetUtcNow(), ct);
        var material = await Attachments.Editable(db, files, own, request.MaterialCode, cipher, ct);
        var present = await db.Attachments.CountAsync(a => a.CaseId == own.Id && a.MaterialCode == material.Code && a.RemovedAt == null, ct);
        if (present >= material.MaximumFiles)
            throw new RefusedException(CaseRefusals.TooManyFiles(material.MaximumFiles));
        await Attachments.MustFit(db, own, request.Content.Length, ct);
        var (contentType, content) = UploadedFile.Accept(request.Content);
        if (!await scanner.IsClean(content, ct))
            throw new RefusedException(FileRefusals.Unsafe());
        var attachment = new Attachment
        {
            CaseId = own.Id,
            MaterialCode = material.Code,
            ProtectedName = cipher.Protect(Attachments.SafeName(request.FileName), Attachments.NamePurpose),
            ContentType = contentType,
            Length = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            UploadedBy = user.Id,
            UploadedAt = clock.GetUtcNow(),
        };
        db.Add(attachment);
        db.Add(new AttachmentBody { Id = attachment.Id, Protected = cipher.Protect(content, Attachments.BodyPurpose) });
        journal.Record(own, "AttachmentAdded", new { material.Code, attachment.Sha256 });
        return attachment.View(cipher);
    }
}

internal sealed class RemoveAttachmentHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<RemoveAttachment, Unit>
{
    public async Task<Unit> Handle(RemoveAttachment request, CancellationToken ct)
    {
        var own = await db.LockForFiling(request.CaseId, user, clock.GetUtcNow(), ct);
        var attachment = await db.Attachments.SingleOrDefaultAsync(a => a.Id == request.AttachmentId && a.CaseId == own.Id && a.RemovedAt == null, ct)
            .OrNotFound("attachment");
        await Attachments.Editable(db, files, own, attachment.MaterialCode, cipher, ct);
        // Nobody has seen a draft's file: it goes for good (个人信息保护法 19), also so that uploading and deleting cannot fill the disk.
        if (own.State == CaseState.Draft)
            db.Remove(attachment);
        else
            attachment.RemovedAt = clock.GetUtcNow();
        journal.Record(own, "AttachmentRemoved", new { attachment.MaterialCode, attachment.Sha256 });
        return Unit.Value;
    }
}

internal sealed class OpenAttachmentHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher, CaseFiles files, OfficerReads reads, TimeProvider clock) : IRequestHandler<OpenAttachment, AttachmentContent>
{
    public async Task<AttachmentContent> Handle(OpenAttachment request, CancellationToken ct)
    {
        var decides = user.IsInRole(Roles.Officer) || user.IsInRole(Roles.SeniorOfficer);
        var consents = db.ConsentsHolding(clock.GetUtcNow());
        var found = await (
            from a in db.Attachments.AsNoTracking()
            join c in db.Cases on a.CaseId equals c.Id
            join body in db.Set<AttachmentBody>() on a.Id equals body.Id
            where a.Id == request.AttachmentId && a.CaseId == request.CaseId && a.RemovedAt == null
                && (user.IsStaff
                    ? (decides && c.Department == user.DepartmentCode && c.State != CaseState.Draft)
                        || consents.Any(f => f.CaseId == c.Id && f.StaffId == user.Id)
                    : c.ApplicantId == user.Id)
            select new { Case = c, Attachment = a, body.Protected }).SingleOrDefaultAsync(ct).OrNotFound("attachment");
        var content = cipher.UnprotectBytes(found.Protected, Attachments.BodyPurpose);
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != found.Attachment.Sha256)
            throw new InvalidOperationException($"Attachment {request.AttachmentId} does not match its hash.");
        if (user.IsStaff)
            await reads.Record(found.Case, Labels.Of(await files.Definition(found.Case.ServiceCode, found.Case.ServiceVersion, ct), AnswerPath.OfMaterial(found.Attachment.MaterialCode)), ct);
        return new AttachmentContent(found.Attachment.View(cipher).Name, found.Attachment.ContentType, content);
    }
}

/// <summary>The encrypted content, in a table of its own so that lists never read it.</summary>
internal sealed class AttachmentBody
{
    public required Guid Id { get; init; }

    public required byte[] Protected { get; init; }
}

internal sealed class AttachmentBodyConfiguration : IEntityTypeConfiguration<AttachmentBody>
{
    public void Configure(EntityTypeBuilder<AttachmentBody> builder)
    {
        builder.ToTable("attachment_bodies", "cases");
        builder.Property(b => b.Protected).HasColumnName("content");
        builder.HasOne<Attachment>().WithOne().HasForeignKey<AttachmentBody>(b => b.Id).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class Attachments
{
    public const string NamePurpose = "cases.attachment-name";
    public const string BodyPurpose = "cases.attachment-body";
    private const int LongestName = 100;
    private const int MostFiles = 60;
    private const long MostBytes = 200L * 1024 * 1024;

    public static AttachmentView View(this Attachment attachment, PersonalDataCipher cipher) => new(
        attachment.Id, attachment.MaterialCode, cipher.Unprotect(attachment.ProtectedName, NamePurpose), attachment.ContentType, attachment.Length, attachment.UploadedAt);

    /// <summary>The material, when the case takes files for it now.</summary>
    public static async Task<MaterialDefinition> Editable(PortalDbContext db, CaseFiles files, Case own, string code, PersonalDataCipher cipher, CancellationToken ct)
    {
        if (CaseException.IsExtra(code))
            return await Asked(db, own, code, cipher, ct);
        var service = await files.Definition(own.ServiceCode, own.ServiceVersion, ct);
        var material = service.Materials.FirstOrDefault(m => m.Code == code && m.IsBrought)
            ?? throw new RefusedException(CaseRefusals.UnknownMaterial());
        if (own.State == CaseState.Draft)
            return material;
        var path = AnswerPath.OfMaterial(code);
        if (await db.MaterialPromises.AnyAsync(p => p.CaseId == own.Id && p.MaterialCode == code && p.Kind == PromiseKind.Later && p.EndedAt == null, ct))
            return material;
        if (own.State != CaseState.CorrectionRequested)
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        return await db.CorrectionItems.AnyAsync(i => i.CaseId == own.Id && i.Path == path && i.ResolvedAt == null, ct)
            ? material
            : throw new RefusedException(CaseRefusals.NotOpenForCorrection(path));
    }

    /// <summary>A material outside the guide, while the applicant is asked for it with a recorded reason.</summary>
    private static async Task<MaterialDefinition> Asked(PortalDbContext db, Case own, string code, PersonalDataCipher cipher, CancellationToken ct)
    {
        var path = AnswerPath.OfMaterial(code);
        var exception = await db.CorrectionItems.Where(i => i.CaseId == own.Id && i.Path == path && i.ResolvedAt == null)
            .Join(db.CaseExceptions, i => i.ExceptionId, e => e.Id, (_, e) => e).SingleOrDefaultAsync(ct);
        return exception?.AsMaterial(cipher) ?? throw new RefusedException(CaseRefusals.UnknownMaterial());
    }

    /// <summary>Refuses what would make the case too large. The case is locked, so two uploads never slip in together.</summary>
    public static async Task MustFit(PortalDbContext db, Case own, long length, CancellationToken ct)
    {
        var all = db.Attachments.Where(a => a.CaseId == own.Id);
        if (await all.CountAsync(ct) >= MostFiles || await all.SumAsync(a => a.Length, ct) + length > MostBytes)
            throw new RefusedException(CaseRefusals.TooMuchUploaded());
    }

    /// <summary>The last part of a path, without control characters, short.</summary>
    public static string SafeName(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var clean = new string([.. last.Where(c => !char.IsControl(c) && c is not ('<' or '>' or '"' or '|' or '?' or '*' or ':'))]).Trim();
        return clean.Length switch { 0 => "文件", > LongestName => clean[^LongestName..], _ => clean };
    }
}
