using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Saves one page of the applicant's draft, or of a case waiting for correction (only what was asked for may change); typed by the
/// applicant or by whom the applicant lets fill it in, who may make commitments at the window only.
/// Everything typed is kept, right or wrong; the answer says what to mend. A stale save, when the same page was saved
/// elsewhere since <see cref="Version"/> with other values, changes nothing and answers both values.
/// </summary>
[ForFilers]
public sealed record SaveFormPage : ICommand<SavedFormPage>
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>The page.</summary>
    public required string PageId { get; init; }

    /// <summary>The page's version when it was shown.</summary>
    public required int Version { get; init; }

    /// <summary>What was typed, by path: <c>key</c> or <c>group/rowId/key</c>. Unknown paths are passed over.</summary>
    public required IReadOnlyDictionary<string, string?> Values { get; init; }

    /// <summary>What to do besides saving.</summary>
    public PageAsk Ask { get; init; }

    /// <summary>The group or <c>group/rowId</c> that <see cref="Ask"/> means.</summary>
    public string? Target { get; init; }

    /// <summary>Keep these values although another window saved others: the person has seen both.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>The outcome of a save.</summary>
/// <param name="Version">The page's version now.</param>
/// <param name="Problems">What to mend; empty when the page is right or was only kept.</param>
/// <param name="Conflicts">Fields saved elsewhere with another value; then nothing was saved.</param>
public sealed record SavedFormPage(int Version, IReadOnlyList<FieldProblem> Problems, IReadOnlyList<FieldConflict> Conflicts);

/// <summary>A field that two windows saved differently.</summary>
public sealed record FieldConflict(string Path, string Label, string? Theirs, string? Yours);

internal sealed class SaveFormPageHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<SaveFormPage, SavedFormPage>
{
    public async Task<SavedFormPage> Handle(SaveFormPage request, CancellationToken ct)
    {
        var own = await db.LockForFiling(request.CaseId, user, clock.GetUtcNow(), ct);
        if (own.State is not (CaseState.Draft or CaseState.CorrectionRequested))
            throw new RefusedException(CaseRefusals.AlreadySubmitted());
        if (own.BundleId is not null)
            throw new RefusedException(CaseRefusals.PartOfBundle());
        var file = await files.Open(own, ct);
        var page = file.Form.Page(request.PageId) ?? throw new NotFoundException("page");
        var revision = file.Revision;
        var version = revision.PageVersions.GetValueOrDefault(page.Id);
        var mayChange = await OpenPaths(own, page, ct);
        var before = revision.Read(cipher);
        var (derived, known) = DerivedValues.Fill(file.Service, file.Form.UpTo(page), before, revision.Origins, clock.GetUtcNow());
        var (answers, origins) = PageValues.Write(page, derived, known, request.Values, file.AppliedOn, mayChange);
        if (request.Version != version && !request.Overwrite && Conflicts(file, page, before, answers) is { Count: > 0 } conflicts)
        {
            await db.MustHaveLook(own.Id, user, clock.GetUtcNow(), ct);
            return new SavedFormPage(version, [], conflicts);
        }

        answers = Reshape(request, page, answers, mayChange);
        if (!answers.SameAs(before) || (request.Ask == PageAsk.Save && version == 0 && own.State == CaseState.Draft))
        {
            if (revision.FrozenAt is not null)
                revision = StartCorrection(file);
            revision.Origins = origins;
            revision.PageVersions = new Dictionary<string, int>(revision.PageVersions) { [page.Id] = ++version };
            revision.Typed(PageValues.Changed(page, derived, answers), user.IsStaff);
            revision.Write(answers, cipher, clock.GetUtcNow());
            if (request.Ask != PageAsk.Keep)
                journal.Record(own, "PageSaved", new { page.Id });
        }

        return new SavedFormPage(version, request.Ask == PageAsk.Save ? await Problems(file.WithAnswers(answers), page, ct) : [], []);
    }

    private CaseRevision StartCorrection(CaseFile file)
    {
        var correction = file.Revision.Correct(user.Id, clock.GetUtcNow());
        db.Add(correction);
        return correction;
    }

    private async Task<Func<string, bool>> OpenPaths(Case own, FormPage page, CancellationToken ct)
    {
        var allowed = await db.MayCommit(own.Id, user, ct) ? _ => true : OwnActs.Others(page);
        if (own.State == CaseState.Draft)
            return allowed;
        var open = await db.CorrectionItems.Where(i => i.CaseId == own.Id && i.ResolvedAt == null).Select(i => i.Path).ToListAsync(ct);
        return path => allowed(path) && open.Any(o => AnswerPath.IsIn(path, o));
    }

    private static List<FieldConflict> Conflicts(CaseFile file, FormPage page, Answers theirs, Answers yours)
    {
        var mine = PageValues.Of(page, yours);
        return [.. PageValues.Of(page, theirs).Where(t => t.Value is not null && mine.GetValueOrDefault(t.Key) != t.Value)
            .Select(t => new FieldConflict(t.Key, Labels.Of(file.Service, t.Key), t.Value, mine.GetValueOrDefault(t.Key)))];
    }

    /// <summary>In a correction rows come and go only where the group itself was asked for.</summary>
    private static Answers Reshape(SaveFormPage request, FormPage page, Answers answers, Func<string, bool> mayChange)
    {
        var target = request.Target?.Split('/') ?? [];
        if (target.Length == 0 || !mayChange(target[0]))
            return answers;
        var group = page.Fields.FirstOrDefault(f => f.Element.Type == FieldType.Group && f.Key == target[0]);
        return (request.Ask, group) switch
        {
            (PageAsk.AddRow, { } added) => PageValues.AddRow(added, answers),
            (PageAsk.RemoveRow, { } shrunk) when target.Length == 2 => PageValues.RemoveRow(shrunk.Key, target[1], answers),
            _ => answers,
        };
    }

    private async Task<IReadOnlyList<FieldProblem>> Problems(CaseFile file, FormPage page, CancellationToken ct)
    {
        var problems = file.Form.Problems(page).ToList();
        problems.AddRange(await files.MissingMaterials(file, [page], ct));
        var known = problems.Select(p => p.Path).ToHashSet();
        problems.AddRange((await file.Handler.Check(file.Context(page.Id), ct)).Where(p => !known.Contains(p.Path)));
        return problems;
    }
}

/// <summary>The labels people read, by path.</summary>
internal static class Labels
{
    /// <summary>The same where materials outside the guide have their own names.</summary>
    public static string Of(ServiceDefinition service, string path, IReadOnlyList<OutsideRequest> outside) =>
        outside.FirstOrDefault(o => o.Kind == ExceptionKind.Material && AnswerPath.OfMaterial(o.Code) == path)?.What ?? Of(service, path);

    public static string Of(ServiceDefinition service, string path)
    {
        if (AnswerPath.Material(path) is { } code)
            return service.Materials.FirstOrDefault(m => m.Code == code)?.Title ?? (CaseException.IsExtra(code) ? ExceptionKind.Material.Chinese() : path);
        var use = service.AllFields().FirstOrDefault(f => f.Key == path.Split('/')[^1]);
        return use?.Label ?? use?.Element.Label ?? path;
    }
}
