using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>What a case is asked to mend now (补正), and until when.</summary>
internal sealed record OpenCorrection(IReadOnlyList<CorrectionItem> Items, DateOnly AnswerBy);

/// <summary>Reads the round that a case waits for, and says when it is answered: the same for the applicant, the window and the clock.</summary>
internal sealed class OpenCorrections(PortalDbContext db, IMediator mediator, PersonalDataCipher cipher, TimeProvider clock)
{
    /// <summary>The open round; null when the case waits for none.</summary>
    public async Task<OpenCorrection?> Of(Case waiting, ServiceDefinition service, CancellationToken ct)
    {
        if (waiting.State != CaseState.CorrectionRequested)
            return null;
        var items = await db.CorrectionItems.Where(i => i.CaseId == waiting.Id && i.ResolvedAt == null).ToListAsync(ct);
        if (items.Count == 0)
            return null;
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        return new OpenCorrection(items, CaseClock.AnswerBy(items.Min(i => i.RequestedAt), service, calendar));
    }

    /// <summary>The last day has passed (补正逾期), whether or not the case was closed for it yet.</summary>
    public bool IsOverdue(OpenCorrection open) => clock.Today() > open.AnswerBy;

    /// <summary>Refuses after the last day: nobody is taken because the tidying was late.</summary>
    public void MustBeInTime(OpenCorrection open)
    {
        if (IsOverdue(open))
            throw new RefusedException(CaseRefusals.CorrectionOverdue(open.AnswerBy));
    }

    /// <summary>Refuses while nothing that was asked for is different: an answer, or a file that came after the request.</summary>
    public async Task MustBeAnswered(CaseFile file, OpenCorrection open, CancellationToken ct)
    {
        if (!await IsAnswered(file, open.Items, ct))
            throw new RefusedException(CaseRefusals.NothingCorrected());
    }

    /// <summary>The remarks in words; what is outside the guide by its own name.</summary>
    public IReadOnlyList<TrackRemark> Remarks(OpenCorrection open, ServiceDefinition service, IReadOnlyList<OutsideRequest> outside) =>
        [.. open.Items.Select(i => new TrackRemark(
            i.Path, Labels.Of(service, i.Path, outside), cipher.Unprotect(i.ProtectedRemark, CorrectionPurposes.Remark), CaseWords.PageOf(service, i.Path)))];

    private async Task<bool> IsAnswered(CaseFile file, IReadOnlyList<CorrectionItem> open, CancellationToken ct)
    {
        var before = await db.CaseRevisions.Where(r => r.CaseId == file.Case.Id && r.Ordinal < file.Revision.Ordinal).OrderByDescending(r => r.Ordinal)
            .Select(r => r.AnswersHash).FirstOrDefaultAsync(ct);
        if (file.Revision.FrozenAt is null && file.Revision.AnswersHash != before)
            return true;
        var asked = open.Min(i => i.RequestedAt);
        var materials = open.Select(i => AnswerPath.Material(i.Path)).OfType<string>().ToList();
        return await db.Attachments.AnyAsync(a => a.CaseId == file.Case.Id && a.RemovedAt == null && a.UploadedAt >= asked && materials.Contains(a.MaterialCode), ct);
    }
}
