using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Signs in the applicant's name and submits the content with this hash: a draft gets its number and the receipt clock
/// starts; a correction goes back to where it came from. Refused: something is to mend, a signature is missing, the
/// content changed, a rule blocks (each with its fix), what must be unique was taken meanwhile, for example the name, or the time to
/// mend has passed (<c>case.correction-overdue</c>).
/// A second submit of the same case answers the same number.
/// </summary>
[ForCitizens]
public sealed record SubmitCase(Guid CaseId, string ContentHash) : ICommand<SubmittedCase>;

/// <summary>The submitted case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
public sealed record SubmittedCase(Guid CaseId, string Number);

internal sealed class SubmitCaseHandler(PortalDbContext db, ICurrentUser user, Submission submission) : IRequestHandler<SubmitCase, SubmittedCase>
{
    public async Task<SubmittedCase> Handle(SubmitCase request, CancellationToken ct) =>
        await submission.Submit(await db.LockOwnCase(request.CaseId, user, ct), request.ContentHash, SignCaseHandler.Method, ct);
}

/// <summary>
/// The core of every submit: by the applicant, or by a clerk with the applicant's code for exactly this content. It speaks of the
/// applicant of the case, never of who is signed in; the journal records who acted.
/// </summary>
internal sealed class Submission(
    PortalDbContext db, ICurrentUser user, IPeople people, CaseFiles files, Signing signing, RuleCheck rules, CasePromises promises, OpenCorrections corrections, CaseJournal journal, CaseClock caseClock,
    PersonalDataCipher cipher, TimeProvider clock)
{
    /// <summary>Submits a locked case with this content; <paramref name="method"/> is how the applicant signed it.</summary>
    public async Task<SubmittedCase> Submit(Case own, string contentHash, string method, CancellationToken ct)
    {
        if (own.Number is { } already && own.State != CaseState.CorrectionRequested)
            return new SubmittedCase(own.Id, already);
        if (own.BundleId is not null)
            throw new RefusedException(CaseRefusals.PartOfBundle());
        if (own.EnterpriseId is { } enterprise && !await people.MayActFor(own.ApplicantId, enterprise, own.ServiceCode, ct))
            throw new RefusedException(CaseRefusals.NotAuthorised());
        var file = await files.Open(own, ct);
        if (signing.HashOf(file) != contentHash)
            throw new RefusedException(CaseRefusals.ContentChanged());
        await files.MustBeReady(file, ct);
        await MustBeSigned(file, method, ct);
        var run = await rules.Run(file, ct);
        if (run?.Outcome == RuleOutcome.Fail)
            throw new RefusedException([.. run.Read(cipher).Where(r => r.Outcome == RuleOutcome.Fail).Select(r => new Refusal($"rule.{r.RuleId}", $"{r.Message} {r.Fix}".Trim()))]);
        var looked = await promises.Make(file, ct);
        if ((run?.Outcome != RuleOutcome.Pass || file.Service.Clock.FromSigning || looked) && own.Handler != ServiceDefinition.OneThing)
            own.ReferToOfficer();
        await file.Handler.OnSubmitting(file.Context(), ct);
        await db.EndCounterConsent(own.Id, clock.GetUtcNow(), ct);
        return own.State == CaseState.Draft ? await SubmitDraft(file, ct) : await Resubmit(file, ct);
    }

    private async Task<SubmittedCase> SubmitDraft(CaseFile file, CancellationToken ct)
    {
        var own = file.Case;
        var now = clock.GetUtcNow();
        file.Revision.Kind = RevisionKind.Submitted;
        file.Revision.Freeze(now);
        foreach (var signatory in Signing.Wanted(file))
            db.Add(new CasePerson { CaseId = own.Id, PersonHash = signing.HashOfPerson(signatory.IdNumber), Role = "signatory" });
        await db.SaveChangesAsync(ct);
        own.Numbered(await CaseNumber.Take(db, now.Day(), ct), file.Handler.Subject(file.Context()));
        var (asked, prefilled) = FilingEffort.Of(file);
        journal.Move(own, CaseAction.Submit, new { file.Revision.AnswersHash, Asked = asked, Prefilled = prefilled });
        await caseClock.Start(own, ClockKind.Receipt, file.Service, ct);
        db.Raise(new CaseSubmitted(own.Id, own.Number!, own.ServiceCode, own.ServiceVersion, own.Handler), now);
        return new SubmittedCase(own.Id, own.Number!);
    }

    private async Task<SubmittedCase> Resubmit(CaseFile file, CancellationToken ct)
    {
        var own = file.Case;
        var now = clock.GetUtcNow();
        var open = await corrections.Of(own, file.Service, ct) ?? throw new RefusedException(CaseRefusals.NothingCorrected());
        corrections.MustBeInTime(open);
        await corrections.MustBeAnswered(file, open, ct);
        if (file.Revision.FrozenAt is null)
            file.Revision.Freeze(now);
        foreach (var item in open.Items)
            item.ResolvedAt = now;
        own.Rename(file.Handler.Subject(file.Context()));
        journal.Move(own, CaseAction.Resubmit, new { Round = own.CorrectionRounds, file.Revision.AnswersHash });
        await caseClock.Resume(own, file.Service, ct);
        db.Raise(new CaseResubmitted(own.Id, own.Number!), now);
        return new SubmittedCase(own.Id, own.Number!);
    }

    /// <summary>The applicant's own signature is given with the submit; everybody else's must be there.</summary>
    private async Task MustBeSigned(CaseFile file, string method, CancellationToken ct)
    {
        await signing.Ask(file, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        var me = await signing.Me(file.Case.ApplicantId, ct);
        var hash = signing.HashOf(file);
        var signatures = await db.Signatures.Where(s => s.CaseId == file.Case.Id).ToListAsync(ct);
        foreach (var own in signatures.Where(s => s.PersonHash.AsSpan().SequenceEqual(me) && !s.Covers(hash)))
        {
            own.Sign(file.Case.ApplicantId, hash, method, clock.GetUtcNow());
            if (user.Id == file.Case.ApplicantId)
                journal.Record(file.Case, "Signed", new { own.Role, ContentHash = hash });
        }

        var missing = signatures.Count(s => !s.Covers(hash));
        if (missing > 0)
            throw new RefusedException(CaseRefusals.SignaturesMissing(missing));
    }
}
