using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>One page of the applicant's own form, for the applicant and for whom the applicant lets fill it in, ready to show: values, where they came from, what is asked to be mended.</summary>
[ForFilers]
public sealed record GetFormPage(Guid CaseId, string PageId) : IQuery<FormPageView>;

/// <summary>A form page.</summary>
public sealed record FormPageView
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The name of the service.</summary>
    public required string ServiceTitle { get; init; }

    /// <summary>The page of the definition.</summary>
    public required FormPage Page { get; init; }

    /// <summary>第几步, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>共几步; the last one is 核对并提交.</summary>
    public required int Steps { get; init; }

    /// <summary>Send it back with the save.</summary>
    public required int Version { get; init; }

    /// <summary>The page after this one; null means 核对.</summary>
    public string? NextPageId { get; init; }

    /// <summary>True when the case waits for a correction: only fields with a remark may change.</summary>
    public bool Correcting { get; init; }

    /// <summary>The fields, hidden ones too, so that the page can show them when a choice changes.</summary>
    public required IReadOnlyList<FieldView> Fields { get; init; }

    /// <summary>The materials of the page with their files.</summary>
    public required IReadOnlyList<MaterialView> Materials { get; init; }

    /// <summary>一件事: codes of the departments that get what this page asks; empty for a single service.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>Fields on this page that shared data filled.</summary>
    public int Prefilled => Fields.SelectMany(f => f.Rows.SelectMany(r => r.Fields).Prepend(f)).Count(f => f is { Visible: true, Origin: not null, Value: not null });
}

/// <summary>A field as shown.</summary>
public sealed record FieldView
{
    /// <summary>The name of the control: <c>key</c> or <c>group/rowId/key</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The definition.</summary>
    public required FieldUse Use { get; init; }

    /// <summary>The value in normal form, or as typed when it is malformed.</summary>
    public string? Value { get; init; }

    /// <summary>Where the value came from.</summary>
    public ValueOrigin? Origin { get; init; }

    /// <summary>Wanted with the answers as they are.</summary>
    public bool Wanted { get; init; }

    /// <summary>Shown with the answers as they are.</summary>
    public bool Visible { get; init; }

    /// <summary>A helper or a window typed it for the applicant.</summary>
    public bool ByStaff { get; init; }

    /// <summary>Can not be changed: locked by its source, computed, not part of the correction, or a commitment that a helper leaves to the applicant.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What the officer asks to be mended.</summary>
    public string? Remark { get; init; }

    /// <summary>The choices, those taken from rows of the form too.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The rows of a group.</summary>
    public IReadOnlyList<RowView> Rows { get; init; } = [];

    /// <summary>The label.</summary>
    public string Label => Use.Label ?? Use.Element.Label;
}

/// <summary>A row of a group.</summary>
public sealed record RowView(string Id, int Number, IReadOnlyList<FieldView> Fields);

/// <summary>A material with its files.</summary>
public sealed record MaterialView(MaterialDefinition Material, bool Wanted, string? Remark, IReadOnlyList<AttachmentView> Files);

/// <summary>An uploaded file.</summary>
public sealed record AttachmentView(Guid Id, string MaterialCode, string Name, string ContentType, long Length, DateTimeOffset UploadedAt);

internal sealed class GetFormPageHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetFormPage, FormPageView>
{
    public async Task<FormPageView> Handle(GetFormPage request, CancellationToken ct)
    {
        var file = await files.OpenForFiling(request.CaseId, user, ct);
        if (file.Case.State is not (CaseState.Draft or CaseState.CorrectionRequested))
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        var page = file.Form.Page(request.PageId) ?? throw new NotFoundException("page");
        var (derived, origins) = DerivedValues.Fill(file.Service, file.Form.UpTo(page), file.Form.All, file.Revision.Origins, clock.GetUtcNow());
        var shown = file.WithAnswers(derived);
        var remarks = await Remarks(file.Case, ct);
        var index = file.Form.Pages.ToList().IndexOf(page);
        return new FormPageView
        {
            CaseId = file.Case.Id,
            ServiceTitle = file.Service.Title,
            Page = page,
            Step = index + 1,
            Steps = file.Form.Pages.Count + 1,
            Version = file.Revision.PageVersions.GetValueOrDefault(page.Id),
            NextPageId = index + 1 < file.Form.Pages.Count ? file.Form.Pages[index + 1].Id : null,
            Correcting = file.Case.State == CaseState.CorrectionRequested,
            Fields = new FieldViews(shown, derived, origins, remarks, file.Case.State == CaseState.CorrectionRequested, await db.MayCommit(file.Case.Id, user, ct)).Of(page),
            Materials = await Materials(shown, page, remarks, ct),
            Recipients = BundlePlan.Of(file.Service, file.Form.Visible, file.AppliedOn)?.RecipientsOf(page) ?? [],
        };
    }

    private async Task<Dictionary<string, string>> Remarks(Case of, CancellationToken ct) =>
        of.State != CaseState.CorrectionRequested
            ? []
            : (await db.CorrectionItems.AsNoTracking().Where(i => i.CaseId == of.Id && i.ResolvedAt == null).ToListAsync(ct))
                .ToDictionary(i => i.Path, i => cipher.Unprotect(i.ProtectedRemark, CorrectionPurposes.Remark));

    private async Task<IReadOnlyList<MaterialView>> Materials(CaseFile file, FormPage page, Dictionary<string, string> remarks, CancellationToken ct)
    {
        if (page.Materials.Count == 0)
            return [];
        var stored = await db.Attachments.AsNoTracking()
            .Where(a => a.CaseId == file.Case.Id && a.RemovedAt == null && page.Materials.Contains(a.MaterialCode)).OrderBy(a => a.UploadedAt).ToListAsync(ct);
        return [.. page.Materials.Select(code => file.Service.Materials.First(m => m.Code == code)).Where(m => m.IsBrought)
            .Select(m => new MaterialView(m, CaseFiles.Wanted(m, file), remarks.GetValueOrDefault(AnswerPath.OfMaterial(m.Code)),
                [.. stored.Where(a => a.MaterialCode == m.Code).Select(a => a.View(cipher))]))];
    }
}
