using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Cases;

/// <summary>核对: everything the applicant is about to submit, what is still to mend, who has to sign, and what will happen.</summary>
[ForCitizens]
public sealed record GetCaseCheck(Guid CaseId) : IQuery<CaseCheck>;

/// <summary>The check page.</summary>
public sealed record CaseCheck
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The service.</summary>
    public required string ServiceCode { get; init; }

    /// <summary>The name of the service.</summary>
    public required string ServiceTitle { get; init; }

    /// <summary>Where the case stands: a draft, or waiting for correction.</summary>
    public required CaseState State { get; init; }

    /// <summary>The answers, in full: they are the applicant's.</summary>
    public required IReadOnlyList<SummarySection> Sections { get; init; }

    /// <summary>系统生成的材料: what is made from the answers; empty while something is to mend.</summary>
    public required IReadOnlyList<DocumentLink> Documents { get; init; }

    /// <summary>The materials of the form that the applicant gave files for; empty for others, whose file is read without them.</summary>
    public required IReadOnlyList<CheckMaterial> Materials { get; init; }

    /// <summary>What is still to mend, with the page it is on.</summary>
    public required IReadOnlyList<CheckProblem> Problems { get; init; }

    /// <summary>Hints that do not block, for example a similar name.</summary>
    public required IReadOnlyList<FieldProblem> Warnings { get; init; }

    /// <summary>Who has to sign, and who has.</summary>
    public required IReadOnlyList<SignerView> Signers { get; init; }

    /// <summary>The hash of what is shown; a submit or signature names it.</summary>
    public required string ContentHash { get; init; }

    /// <summary>True when the rules would approve it at once.</summary>
    public required bool Instant { get; init; }

    /// <summary>Why an officer will look, in plain words; empty when it is instant.</summary>
    public required IReadOnlyList<string> ReferReasons { get; init; }

    /// <summary>一件事: what is filed with one press; null for a single service.</summary>
    public BundlePlan? Plan { get; init; }

    /// <summary>True when everybody but the applicant has signed and nothing is to mend.</summary>
    public bool MaySubmit => Problems.Count == 0 && Signers.All(s => s.IsApplicant || s.Signed);
}

/// <summary>A problem with the page to go to.</summary>
public sealed record CheckProblem(string PageId, string Path, string Message);

/// <summary>A material with its files and the page to change them on.</summary>
public sealed record CheckMaterial(string PageId, string Path, string Title, IReadOnlyList<AttachmentView> Files);

/// <summary>Somebody who has to sign.</summary>
public sealed record SignerView(string Name, string Role, bool IsApplicant, bool Asked, bool Signed, DateTimeOffset? SignedAt);

internal sealed class GetCaseCheckHandler(ICurrentUser user, CaseFiles files, CaseChecks checks) : IRequestHandler<GetCaseCheck, CaseCheck>
{
    public async Task<CaseCheck> Handle(GetCaseCheck request, CancellationToken ct) =>
        await checks.Of(await files.OpenOwnWithFiles(request.CaseId, user, ct), mask: false, ct);
}

/// <summary>Looks a file through as the submit will.</summary>
internal sealed class CaseChecks(CaseFiles files, RuleCheck rules, Signing signing, PersonalDataCipher cipher)
{
    /// <summary>The check page of a file; <paramref name="mask"/> hides personal data in part, for others than the applicant.</summary>
    public async Task<CaseCheck> Of(CaseFile file, bool mask, CancellationToken ct)
    {
        var problems = await files.Problems(file, ct);
        var blocking = problems.Where(p => !p.IsWarning).Select(p => new CheckProblem(PageOf(file, p.Path), p.Path, p.Message)).ToList();
        var evaluated = blocking.Count == 0 ? await rules.Evaluate(file, ct) : null;
        var results = evaluated?.Results ?? [];
        blocking.AddRange(results.Where(r => r.Outcome == RuleOutcome.Fail).Select(r => new CheckProblem(file.Form.Pages[0].Id, r.RuleId, $"{r.Message} {r.Fix}".Trim())));
        var later = CasePromises.Deferred(file).Any();
        return new CaseCheck
        {
            CaseId = file.Case.Id,
            ServiceCode = file.Service.Code,
            ServiceTitle = file.Service.Title,
            State = file.Case.State,
            Sections = SummaryOf.Form(file, file.Revision.Origins, mask),
            Documents = blocking.Count == 0 ? CaseDocuments.Links(file) : [],
            Materials = [.. Materials(file)],
            Problems = blocking,
            Warnings = [.. problems.Where(p => p.IsWarning)],
            Signers = blocking.Count > 0 ? [] : mask ? [.. (await signing.Signers(file, ct)).Select(s => s with { Name = Masking.Name(s.Name) })] : await signing.Signers(file, ct),
            Plan = BundlePlan.Of(file.Service, file.Form.Visible, file.AppliedOn),
            ContentHash = signing.HashOf(file),
            Instant = evaluated is not null && results.All(r => r.Outcome == RuleOutcome.Pass) && !later,
            ReferReasons = [.. results.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.Message ?? r.Title), .. later ? ["有材料先办后补，工作人员会看一眼，补齐了才出结果。"] : Array.Empty<string>()],
        };
    }

    private IEnumerable<CheckMaterial> Materials(CaseFile file) =>
        from page in file.Form.Pages
        from code in page.Materials
        join attachment in file.Given ?? [] on code equals attachment.MaterialCode into given
        where given.Any()
        select new CheckMaterial(page.Id, AnswerPath.OfMaterial(code), file.Service.Materials.First(m => m.Code == code).Title, [.. given.Select(a => a.View(cipher))]);

    private static string PageOf(CaseFile file, string path) =>
        file.Form.Pages.FirstOrDefault(p => p.Has(path))?.Id ?? file.Form.Pages[0].Id;
}
