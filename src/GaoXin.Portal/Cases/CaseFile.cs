using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>A case with what is needed to work on it: its pinned definition, its newest revision and its handler.</summary>
internal sealed record CaseFile(Case Case, CaseRevision Revision, ServiceDefinition Service, FormState Form, ICaseHandler Handler, DateOnly AppliedOn)
{
    /// <summary>The files that were given, in the order they came, when they were read with the case; else null.</summary>
    public IReadOnlyList<Attachment>? Given { get; init; }

    public CaseContext Context(string? pageId = null) =>
        new(Case.Id, Case.Number, Service, Form.Visible, Case.ApplicantId, AppliedOn, pageId);

    public CaseFile WithAnswers(Answers answers) =>
        ReferenceEquals(answers, Form.All) ? this : this with { Form = FormState.Of(Service, answers, AppliedOn) };
}

/// <summary>Opens case files. The case and its newest revision come from the database; the definition is cached.</summary>
internal sealed class CaseFiles(
    PortalDbContext db, CaseFileQueries queries, IMediator mediator, CaseHandlers handlers, PersonalDataCipher cipher, TimeProvider clock)
{
    public async Task<CaseFile> Open(Case opened, CancellationToken ct)
    {
        var revision = await db.CaseRevisions.Where(r => r.CaseId == opened.Id).OrderByDescending(r => r.Ordinal).FirstAsync(ct);
        return await Open(opened, revision, ct);
    }

    public async Task<CaseFile> Open(Case opened, CaseRevision revision, CancellationToken ct)
    {
        var service = await Definition(opened.ServiceCode, opened.ServiceVersion, ct);
        var appliedOn = (opened.SubmittedAt ?? clock.GetUtcNow()).Day();
        var form = FormState.Of(service, revision.Read(cipher), appliedOn);
        var file = new CaseFile(opened, revision, service, form, handlers.Of(service.Handler), appliedOn);
        await file.Handler.Prepare(file.Context(), ct);
        return file;
    }

    /// <summary>The applicant's own file, for reading.</summary>
    public async Task<CaseFile> OpenOwn(Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        var found = await queries.Own(db, caseId, user.Id, ct).OrNotFound("case");
        return await Open(found.Case, found.Revision, ct);
    }

    /// <summary>The same with the files that were given, in one statement.</summary>
    public async Task<CaseFile> OpenOwnWithFiles(Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        var found = await queries.OwnWithFiles(db, caseId, user.Id, ct).OrNotFound("case");
        return await Open(found.Case, found.Revision, ct) with { Given = found.Given };
    }

    /// <summary>The file for somebody who fills in its form: the applicant, or staff with an open consent (同意代填) and a look on record.</summary>
    public async Task<CaseFile> OpenForFiling(Guid caseId, ICurrentUser user, CancellationToken ct)
    {
        if (!user.IsStaff)
            return await OpenOwn(caseId, user, ct);
        await db.MustHaveLook(caseId, user, clock.GetUtcNow(), ct);
        return await Open(await db.Cases.AsNoTracking().SingleAsync(c => c.Id == caseId, ct), ct);
    }

    public async Task<ServiceDefinition> Definition(string code, int version, CancellationToken ct) =>
        await mediator.Send(new GetServiceDefinition(code, version), ct)
        ?? throw new InvalidOperationException($"Definition {code} v{version} is not loaded.");

    /// <summary>Every problem of the form: fields, materials, and the handler's checks.</summary>
    public async Task<IReadOnlyList<FieldProblem>> Problems(CaseFile file, CancellationToken ct)
    {
        var problems = new List<FieldProblem>();
        foreach (var page in file.Form.Pages)
            problems.AddRange(file.Form.Problems(page));
        problems.AddRange(await MissingMaterials(file, file.Form.Pages, ct));
        var known = problems.Select(p => p.Path).ToHashSet();
        problems.AddRange((await file.Handler.Check(file.Context(), ct)).Where(p => !known.Contains(p.Path)));
        return problems;
    }

    /// <summary>Refuses with every problem at its field when something is to mend.</summary>
    public async Task MustBeReady(CaseFile file, CancellationToken ct)
    {
        var problems = (await Problems(file, ct)).Where(p => !p.IsWarning).ToList();
        if (problems.Count > 0)
            throw new RefusedException([CaseRefusals.NotReady(problems.Count), .. problems.Select(p => new Refusal("case.field", p.Message, p.Path))]);
    }

    public async Task<IReadOnlyList<FieldProblem>> MissingMaterials(CaseFile file, IEnumerable<FormPage> pages, CancellationToken ct)
    {
        var wanted = pages.SelectMany(p => p.Materials).Distinct()
            .Select(code => file.Service.Materials.First(m => m.Code == code))
            .Where(m => m.IsBrought && Wanted(m, file)).ToList();
        if (wanted.Count == 0)
            return [];
        var present = file.Given?.Select(a => a.MaterialCode).ToList()
            ?? await db.Attachments.Where(a => a.CaseId == file.Case.Id && a.RemovedAt == null).Select(a => a.MaterialCode).Distinct().ToListAsync(ct);
        return [.. wanted.Where(m => !present.Contains(m.Code)).Select(m => new FieldProblem(AnswerPath.OfMaterial(m.Code), $"请上传{m.Title}"))];
    }

    public static bool Wanted(MaterialDefinition material, CaseFile file) =>
        material.RequiredIf is { } condition ? condition.Holds(Facts.Of(file.Service, file.Form.Visible, file.AppliedOn)) : material.Required;
}

/// <summary>
/// The statement behind every page of a form, compiled once a program: building it anew cost more than PostgreSQL needs
/// to answer it. Not static, because a compiled query belongs to one model and tests run several programs in a process.
/// </summary>
internal sealed class CaseFileQueries
{
    /// <summary>The applicant's own case with its newest revision; null when there is none.</summary>
    public Func<PortalDbContext, Guid, Guid, CancellationToken, Task<OwnCase?>> Own { get; } = EF.CompileAsyncQuery(
        (PortalDbContext db, Guid id, Guid applicant, CancellationToken _) => db.Set<Case>().AsNoTracking()
            .Where(c => c.Id == id && c.ApplicantId == applicant)
            .Select(c => new OwnCase(c, db.Set<CaseRevision>().Where(r => r.CaseId == c.Id).OrderByDescending(r => r.Ordinal).First()))
            .SingleOrDefault());

    /// <summary>The same with its files in the order they came.</summary>
    public Func<PortalDbContext, Guid, Guid, CancellationToken, Task<OwnCaseWithFiles?>> OwnWithFiles { get; } = EF.CompileAsyncQuery(
        (PortalDbContext db, Guid id, Guid applicant, CancellationToken _) => db.Set<Case>().AsNoTracking()
            .Where(c => c.Id == id && c.ApplicantId == applicant)
            .Select(c => new OwnCaseWithFiles(
                c, db.Set<CaseRevision>().Where(r => r.CaseId == c.Id).OrderByDescending(r => r.Ordinal).First(),
                db.Set<Attachment>().Where(a => a.CaseId == c.Id && a.RemovedAt == null).OrderBy(a => a.UploadedAt).ToList()))
            .SingleOrDefault());
}

/// <summary>A case and its newest revision.</summary>
internal sealed record OwnCase(Case Case, CaseRevision Revision);

/// <summary>A case, its newest revision and its files.</summary>
internal sealed record OwnCaseWithFiles(Case Case, CaseRevision Revision, List<Attachment> Given);
