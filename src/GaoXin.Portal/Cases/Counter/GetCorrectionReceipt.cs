using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>补正收件凭证 of the newest correction of a case that this clerk submitted.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCorrectionReceipt(Guid CaseId) : IQuery<CorrectionReceipt>;

/// <summary>What the receipt says; the applicant's name masked.</summary>
public sealed record CorrectionReceipt
{
    /// <summary>The case number.</summary>
    public required string Number { get; init; }

    /// <summary>The service.</summary>
    public required string ServiceTitle { get; init; }

    /// <summary>申请人.</summary>
    public required string Applicant { get; init; }

    /// <summary>第几次补正.</summary>
    public required int Round { get; init; }

    /// <summary>收件大厅 and window.</summary>
    public required string ReceivedIn { get; init; }

    /// <summary>收件人, masked.</summary>
    public required string Clerk { get; init; }

    /// <summary>收件时间.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Code of the deciding department.</summary>
    public required string Department { get; init; }

    /// <summary>审批大厅.</summary>
    public required Place? DecidingHall { get; init; }

    /// <summary>最晚办好, after the pause.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>要求补正的.</summary>
    public required IReadOnlyList<string> Asked { get; init; }

    /// <summary>这次收到的材料.</summary>
    public required IReadOnlyList<string> Materials { get; init; }
}

internal sealed class GetCorrectionReceiptHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, CaseFiles files, PersonalDataCipher cipher) : IRequestHandler<GetCorrectionReceipt, CorrectionReceipt>
{
    public async Task<CorrectionReceipt> Handle(GetCorrectionReceipt request, CancellationToken ct)
    {
        var found = await (
            from x in db.CounterCorrections.AsNoTracking()
            join f in db.CounterFilings.AsNoTracking() on x.CaseId equals f.CaseId
            join c in db.Cases.AsNoTracking() on x.CaseId equals c.Id
            where x.CaseId == request.CaseId && x.ClerkId == user.Id && x.ConfirmedAt != null && c.State != CaseState.Withdrawn
            orderby x.Round descending
            select new { Correction = x, Filing = f, Case = c }).FirstOrDefaultAsync(ct).OrNotFound("receipt");
        var (correction, own) = (found.Correction, found.Case);
        var service = await files.Definition(own.ServiceCode, own.ServiceVersion, ct);
        var items = await db.CorrectionItems.AsNoTracking().Where(i => i.CaseId == own.Id && i.Round == correction.Round).OrderBy(i => i.Path).ToListAsync(ct);
        var outside = items.Any(i => i.ExceptionId is not null) ? await db.OutsideRequests(own.Id, cipher, ct) : [];
        var asked = items.Min(i => (DateTimeOffset?)i.RequestedAt);
        var brought = await db.Attachments.Where(a => a.CaseId == own.Id && a.RemovedAt == null && a.UploadedAt >= asked && a.UploadedAt <= correction.ConfirmedAt).CountByMaterial(ct);
        return new CorrectionReceipt
        {
            Number = own.Number!,
            ServiceTitle = own.ServiceTitle,
            Applicant = Masking.Name(cipher.Unprotect(found.Filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)),
            Round = correction.Round,
            ReceivedIn = (await halls.At(correction.Hall, correction.Window, ct)).Words,
            Clerk = Masking.Name(correction.ClerkName),
            ReceivedAt = correction.ConfirmedAt!.Value,
            Department = own.Department,
            DecidingHall = await halls.Find(found.Filing.DecidingHall, ct),
            DueOn = own.DueOn,
            Asked = [.. items.Select(i => Labels.Of(service, i.Path, outside))],
            Materials = [.. BroughtFiles.InWords(brought, path => Labels.Of(service, path, outside))],
        };
    }
}
