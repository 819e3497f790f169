using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>Makes the documents of a case: the application form for every service, and what its handler adds.</summary>
internal sealed class CaseDocuments(Signing signing, IPeople people, IMediator mediator)
{
    public const string Application = "application";

    private const string Applicant = "申请人";
    private static readonly string[] ApplicationColumns = ["项目", "内容"];

    /// <summary>The codes and titles, cheap enough for a list of links.</summary>
    public static IReadOnlyList<DocumentLink> Links(CaseFile file) =>
        [.. file.Handler.Documents(file.Context()).Select(d => new DocumentLink(d.Code, d.Title)).Append(new DocumentLink(Application, TitleOf(file)))];

    /// <summary>One document with its signatures. For staff the answers are masked before anything is made from them.</summary>
    public async Task<CaseDocument> Make(CaseFile file, string code, bool mask, CancellationToken ct)
    {
        var shown = mask ? file.WithAnswers(MaskedAnswers.Of(file)) : file;
        var document = code == Application
            ? await ApplicationForm(file, shown, mask, ct)
            : file.Handler.Documents(shown.Context()).SingleOrDefault(d => d.Code == code) ?? throw new NotFoundException("document");
        var signers = await Signers(file, mask, ct);
        return new CaseDocument
        {
            CaseId = file.Case.Id,
            Number = file.Case.Number,
            ServiceTitle = file.Service.Title,
            Document = document with { Parts = [.. document.Parts.Select(p => p is DocumentSignatures place ? Sign(place, signers) : p)] },
            ContentHash = signing.HashOf(file),
            FrozenAt = file.Revision.FrozenAt,
            IsMasked = mask,
        };
    }

    private async Task<GeneratedDocument> ApplicationForm(CaseFile file, CaseFile shown, bool mask, CancellationToken ct)
    {
        var words = await Words(shown, ct);
        var parts = new List<DocumentPart> { new DocumentParagraph($"申请事项：{file.Service.Title}") };
        foreach (var section in SummaryOf.Form(file, file.Revision.Origins, mask, words))
            parts.Add(new DocumentTable(section.Title, ApplicationColumns, [.. section.Lines.Select(l => (IReadOnlyList<string>)[l.Label, l.Text])]));
        parts.Add(new DocumentParagraph("以上内容由申请人填写或从政府部门共享，申请人和签名的人对其真实性、合法性、有效性负责。"));
        parts.Add(new DocumentSignatures(null, []));
        return new GeneratedDocument(Application, TitleOf(file), parts);
    }

    private async Task<IReadOnlyDictionary<string, string>> Words(CaseFile file, CancellationToken ct)
    {
        var words = new Dictionary<string, string>(file.Handler.Words(file.Context()));
        foreach (var (path, code) in file.Form.Pages.SelectMany(p => p.Fields).SelectMany(f => Divisions(file.Form.Visible, f)))
        {
            if ((await mediator.Send(new GetReference(ReferenceKind.Divisions), ct)).FirstOrDefault(d => d.Code == code) is { } division)
                words[path] = division.Title;
        }

        return words;
    }

    /// <summary>The codes of divisions a field has, by path: its own, or those in its rows.</summary>
    private static IEnumerable<(string Path, string? Code)> Divisions(Answers answers, FieldUse field) => field.Element.Type switch
    {
        FieldType.Division => [(field.Key, answers[field.Key])],
        FieldType.Group => answers.Rows(field.Key).SelectMany(r => field.Columns.Where(c => c.Element.Type == FieldType.Division).Select(c => ($"{field.Key}/{r.Id}/{c.Key}", r[c.Key]))),
        _ => [],
    };

    /// <summary>Everybody who signs; the applicant, whose submit is the signature, where the law names no signatory of that person.</summary>
    private async Task<IReadOnlyList<(DocumentSignature Line, bool IsOnlyApplicant)>> Signers(CaseFile file, bool mask, CancellationToken ct)
    {
        var signers = await signing.Signers(file, ct);
        var lines = signers.Select(s => (new DocumentSignature(mask ? Masking.Name(s.Name) : s.Name, s.Role, s.SignedAt), false)).ToList();
        if (!signers.Any(s => s.IsApplicant) && await people.Find(file.Case.ApplicantId, ct) is { Name: { } name })
            lines.Add((new DocumentSignature(mask ? Masking.Name(name) : name, Applicant, file.Revision.FrozenAt), true));
        return lines;
    }

    private static DocumentSignatures Sign(DocumentSignatures place, IReadOnlyList<(DocumentSignature Line, bool IsOnlyApplicant)> signers) =>
        place with
        {
            Lines = [.. signers.Where(s => place.Role is not { } role || (!s.IsOnlyApplicant && s.Line.Role.Contains(role, StringComparison.Ordinal))).Select(s => s.Line)],
        };

    private static string TitleOf(CaseFile file) =>
        file.Service.Materials.FirstOrDefault(m => m is { Code: Application, Source: MaterialSource.Generated })?.Title ?? $"{file.Service.Title}申请书";
}

/// <summary>The answers with personal data hidden in part, so that a document made from them holds no more than staff may see.</summary>
internal static class MaskedAnswers
{
    public static Answers Of(CaseFile file)
    {
        var answers = file.Form.Visible;
        foreach (var use in file.Service.Pages.SelectMany(p => p.Fields))
        {
            if (use.Element.Type == FieldType.Group)
                answers = answers.WithRows(use.Key, answers.Rows(use.Key).Select(r => use.Columns.Aggregate(r, (row, c) => row.With(c.Key, Mask(c, row[c.Key])))));
            else
                answers = answers.With(use.Key, Mask(use, answers[use.Key]));
        }

        return answers;
    }

    private static string? Mask(FieldUse use, string? value) =>
        value is null || use.Element.Sensitivity == Sensitivity.None ? value : SummaryOf.Mask(use.Element.Sensitivity, value);
}
