using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Cases;

/// <summary>What a member case (分件) of a bundle is opened with.</summary>
/// <param name="BundleId">The case of the bundle (总件).</param>
/// <param name="Code">The member's code, unique in the bundle.</param>
/// <param name="Service">The member's pinned service.</param>
/// <param name="Answers">Its part of the answers.</param>
/// <param name="Brought">Keys whose values came from a predecessor's result: no officer may ask the applicant to mend them.</param>
/// <param name="Materials">Materials: the member's code to the bundle's.</param>
public sealed record MemberOpening(
    Guid BundleId, string Code, ServiceDefinition Service, Answers Answers, IReadOnlyCollection<string> Brought, IReadOnlyDictionary<string, string> Materials)
{
    /// <summary>Members that must be approved before this one may be (预审).</summary>
    public IReadOnlyCollection<string> WaitsFor { get; init; } = [];

    /// <summary>Working days that the bundle promises for it; null where the service's own hold.</summary>
    public int? PromisedDays { get; init; }
}

/// <summary>Where a member case stands.</summary>
public sealed record MemberCase(
    Guid Id, string Code, string? Number, CaseState State, CaseOutcome? Outcome, DateOnly? DueOn, Guid? LicenceId, DateTimeOffset? SubmittedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>True when nothing more happens by itself.</summary>
    public bool Ended => State is CaseState.Closed or CaseState.Withdrawn;

    /// <summary>True when it was approved and its result is there.</summary>
    public bool Approved => State == CaseState.Closed && Outcome == CaseOutcome.Approved;

    /// <summary>True while an officer or an outside party may still speak.</summary>
    public bool InHand => State is CaseState.Submitted or CaseState.Accepted or CaseState.InReview;
}

/// <summary>The merged form of a bundle.</summary>
public sealed record FiledBundle(string Number, ServiceDefinition Service, Answers Answers, DateOnly AppliedOn, CaseState State, CaseOutcome? Outcome)
{
    /// <summary>The clock of the whole stands still although the departments are at work: somebody has to come and sign.</summary>
    public bool Paused { get; init; }
}


/// <summary>How the paths of a member's form are called in the merged form; null when the applicant is not asked there.</summary>
public sealed record MemberPaths(Guid CaseId, Func<string, string?> InBundle);

/// <summary>
/// The cases of a bundle (一件事): the case that was filed (总件) holds the merged form and its signatures, each member case (分件) is
/// an ordinary case of its department. Every step may be asked for again and then changes nothing; what a step did, the next one sees.
/// </summary>
public interface IMemberCases
{
    /// <summary>Opens and submits a member case in the applicant's name, once; answers its id. May refuse what its handler must reserve.</summary>
    Task<Guid> Open(MemberOpening opening, CancellationToken ct);

    /// <summary>All member cases of a bundle by code.</summary>
    Task<IReadOnlyList<MemberCase>> Of(Guid bundleId, CancellationToken ct);

    /// <summary>What an approved member case gave.</summary>
    Task<MemberResult?> ResultOf(MemberCase member, CancellationToken ct);

    /// <summary>Accepts the bundle's case and starts the clock of the whole promise.</summary>
    Task Accept(Guid bundleId, CancellationToken ct);

    /// <summary>The merged form as last submitted, and where the bundle's case stands.</summary>
    Task<FiledBundle> Filed(Guid bundleId, CancellationToken ct);

    /// <summary>The bundle that a case is a part of; null for a case that stands alone.</summary>
    Task<Guid?> BundleOf(Guid caseId, CancellationToken ct);

    /// <summary>一次告知: collects the open remarks of the members into one round of the bundle's case. False when there is nothing the applicant can mend.</summary>
    Task<bool> Collect(Guid bundleId, IReadOnlyList<MemberPaths> members, CancellationToken ct);

    /// <summary>Hands the mended answers to a member case that waits for them.</summary>
    Task Answer(Guid memberId, MemberOpening mended, CancellationToken ct);

    /// <summary>Ends a member case with the bundle: withdrawn or lapsed. Does nothing when it is decided already.</summary>
    Task Drop(Guid memberId, CaseAction action, CancellationToken ct);

    /// <summary>Decides a case by the word of an outside party, or by its silence; the opinion is what the applicant reads. False when it is decided already.</summary>
    Task<bool> Decide(Guid caseId, bool approved, string opinion, CancellationToken ct);

    /// <summary>Stops the clock of the whole while the applicant has to come and sign (面签), and lets it go on.</summary>
    Task WaitForSigning(Guid bundleId, bool waits, CancellationToken ct);

    /// <summary>Ends the bundle's case when all members have ended.</summary>
    Task End(Guid bundleId, bool approved, CancellationToken ct);
}

internal sealed partial class MemberCases(
    PortalDbContext db, CaseFiles files, RuleCheck rules, CasePromises promises, CaseJournal journal, CaseClock caseClock, IMediator mediator, PersonalDataCipher cipher, ICurrentUser user,
    TimeProvider clock, ILogger<MemberCases> logger) : IMemberCases
{
    /// <summary>The source of a value that a predecessor's result gave.</summary>
    public const string Predecessor = "predecessor";

    public async Task<Guid> Open(MemberOpening opening, CancellationToken ct)
    {
        var bundle = await db.LockCase(opening.BundleId, ct) ?? throw new NotFoundException("case");
        if (await db.Cases.Where(c => c.BundleId == bundle.Id && c.MemberCode == opening.Code).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct) is { } open)
            return open;
        var now = clock.GetUtcNow();
        var member = new Case
        {
            ServiceCode = opening.Service.Code,
            ServiceVersion = opening.Service.Version,
            ServiceTitle = opening.Service.Title,
            Handler = opening.Service.Handler,
            Department = opening.Service.Department,
            GreenChannel = opening.Service.GreenChannel,
            ApplicantId = bundle.ApplicantId,
            EnterpriseId = bundle.EnterpriseId,
            BundleId = bundle.Id,
            MemberCode = opening.Code,
            WaitsFor = [.. opening.WaitsFor],
            PromisedDays = opening.PromisedDays,
            CreatedAt = now,
            DraftKeptUntil = now.Day(),
        };
        var revision = await Revision(member, opening, bundle, now, ct);
        db.Add(member);
        db.Add(revision);
        await CopyPeople(bundle.Id, member.Id, ct);
        var file = await files.Open(member, revision, ct);
        await CopyMaterials(file, opening, ct);
        await Submit(file, bundle, ct);
        await db.SaveChangesAsync(ct);
        return member.Id;
    }

    public async Task<IReadOnlyList<MemberCase>> Of(Guid bundleId, CancellationToken ct) =>
        await db.Cases.AsNoTracking().Where(c => c.BundleId == bundleId).OrderBy(c => c.Id)
            .Select(c => new MemberCase(c.Id, c.MemberCode!, c.Number, c.State, c.Outcome, c.DueOn, c.LicenceId, c.SubmittedAt, c.ClosedAt)).ToListAsync(ct);

    public async Task<MemberResult?> ResultOf(MemberCase member, CancellationToken ct)
    {
        if (!member.Approved)
            return null;
        var licence = await mediator.Send(new GetLicenceOfCase(member.Id), ct);
        // What is issued to a person has a keyed hash for its number: there the case number is what others can look up.
        var number = licence is not null && CreditCode.TryParse(licence.Number, out var code) ? code.Code : member.Number;
        return new MemberResult(number, licence?.HolderName);
    }

    public async Task Accept(Guid bundleId, CancellationToken ct)
    {
        var bundle = await db.LockCase(bundleId, ct) ?? throw new NotFoundException("case");
        if (bundle.State != CaseState.Submitted)
            return;
        journal.Move(bundle, CaseAction.Accept);
        journal.Move(bundle, CaseAction.StartReview);
        await caseClock.Start(bundle, ClockKind.Promise, await files.Definition(bundle.ServiceCode, bundle.ServiceVersion, ct), ct);
        await db.SaveChangesAsync(ct);
    }

    public Task<Guid?> BundleOf(Guid caseId, CancellationToken ct) => db.Cases.Where(c => c.Id == caseId).Select(c => c.BundleId).SingleOrDefaultAsync(ct);

    public async Task<FiledBundle> Filed(Guid bundleId, CancellationToken ct)
    {
        var bundle = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == bundleId, ct).OrNotFound("case");
        var revision = await db.CaseRevisions.AsNoTracking().Where(r => r.CaseId == bundleId && r.FrozenAt != null).OrderByDescending(r => r.Ordinal).FirstAsync(ct);
        var file = await files.Open(bundle, revision, ct);
        return new FiledBundle(bundle.Number ?? "", file.Service, file.Form.Visible, file.AppliedOn, bundle.State, bundle.Outcome) { Paused = bundle is { State: CaseState.InReview, DueOn: null } };
    }

    public async Task<bool> Collect(Guid bundleId, IReadOnlyList<MemberPaths> members, CancellationToken ct)
    {
        var bundle = await db.LockCase(bundleId, ct) ?? throw new NotFoundException("case");
        if (bundle.State != CaseState.InReview)
            return bundle.State == CaseState.CorrectionRequested;
        var ids = members.Select(m => m.CaseId).ToList();
        var open = await db.CorrectionItems.AsNoTracking().Where(i => ids.Contains(i.CaseId) && i.ResolvedAt == null).OrderBy(i => i.RequestedAt).ToListAsync(ct);
        var file = await files.Open(bundle, ct);
        var remarks = open.Select(i => (Path: members.First(m => m.CaseId == i.CaseId).InBundle(i.Path), Item: i))
            .Where(r => r.Path is not null && Mendable.Holds(file, r.Path)).GroupBy(r => r.Path!, r => r.Item).ToList();
        if (remarks.Count == 0)
            return false;
        var now = clock.GetUtcNow();
        var round = bundle.CorrectionRounds + 1;
        foreach (var remark in remarks)
        {
            var text = string.Join(" ", remark.Select(i => cipher.Unprotect(i.ProtectedRemark, CorrectionPurposes.Remark)).Distinct());
            db.AddRange(CorrectionItem.Within(file, new Dictionary<string, string> { [remark.Key] = text }, round, remark.First().RequestedBy, now, cipher));
        }

        journal.Move(bundle, CaseAction.RequestCorrection, new { Round = round, Items = remarks.Count, Members = remarks.SelectMany(r => r).Select(i => i.CaseId).Distinct().Count() });
        await caseClock.Pause(bundle, "等您补材料", file.Service, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        db.Raise(new CorrectionRequested(bundle.Id, bundle.Number!, round, remarks.Count, CaseClock.AnswerBy(now, file.Service, calendar)), now);
        await db.SaveChangesAsync(ct);
        return true;
    }

    public async Task Answer(Guid memberId, MemberOpening mended, CancellationToken ct)
    {
        var member = await db.LockCase(memberId, ct) ?? throw new NotFoundException("case");
        if (member.State != CaseState.CorrectionRequested)
            return;
        var file = await files.Open(member, ct);
        var now = clock.GetUtcNow();
        var revision = file.Revision.Correct(member.ApplicantId, now);
        revision.Write(mended.Answers, cipher, now);
        revision.Freeze(now);
        db.Add(revision);
        await CopyMaterials(file, mended, ct);
        await db.SaveChangesAsync(ct);
        file = await files.Open(member, revision, ct);
        await Refer(file, ct);
        await file.Handler.OnSubmitting(file.Context(), ct);
        foreach (var item in await db.CorrectionItems.Where(i => i.CaseId == member.Id && i.ResolvedAt == null).ToListAsync(ct))
            item.ResolvedAt = now;
        member.Rename(file.Handler.Subject(file.Context()));
        journal.Move(member, CaseAction.Resubmit, new { Round = member.CorrectionRounds, revision.AnswersHash });
        await caseClock.Resume(member, file.Service, ct);
        db.Raise(new CaseResubmitted(member.Id, member.Number!), now);
        await db.SaveChangesAsync(ct);
    }

    public async Task Drop(Guid memberId, CaseAction action, CancellationToken ct)
    {
        var member = await db.LockCase(memberId, ct) ?? throw new NotFoundException("case");
        if (!CaseTransitions.Allows(member.State, action))
            return;
        var file = await files.Open(member, ct);
        journal.Move(member, action);
        await file.Handler.OnDropped(file.Context(), ct);
        await caseClock.Stop(member, ct);
        db.Raise(new CaseClosed(member.Id, member.Number!, member.ServiceCode, member.Outcome.ToString()!), clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    public async Task<bool> Decide(Guid caseId, bool approved, string opinion, CancellationToken ct)
    {
        var decided = await db.LockCase(caseId, ct) ?? throw new NotFoundException("case");
        if (decided.State is not (CaseState.Submitted or CaseState.Accepted or CaseState.InReview))
            return false;
        if (decided.State == CaseState.Submitted)
            journal.Move(decided, CaseAction.Accept);
        if (decided.State == CaseState.Accepted)
            journal.Move(decided, CaseAction.StartReview);
        var action = approved ? CaseAction.Approve : CaseAction.Refuse;
        var now = clock.GetUtcNow();
        journal.Move(decided, action);
        db.Add(new CaseDecision { CaseId = decided.Id, Action = action, DecidedBy = user.Id, At = now, ProtectedOpinion = cipher.Protect(opinion, CorrectionPurposes.Opinion) });
        await caseClock.Stop(decided, ct);
        db.Raise(new CaseDecided(decided.Id, decided.Number!, decided.ServiceCode, decided.Handler, approved, Automatic: false), now);
        if (!approved)
            await CloseRefused(decided, now, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    public async Task WaitForSigning(Guid bundleId, bool waits, CancellationToken ct)
    {
        var bundle = await db.LockCase(bundleId, ct) ?? throw new NotFoundException("case");
        if (bundle.State != CaseState.InReview || bundle.DueOn is null == waits)
            return;
        var service = await files.Definition(bundle.ServiceCode, bundle.ServiceVersion, ct);
        await (waits ? caseClock.Pause(bundle, CaseClock.Signing, service, ct) : caseClock.Resume(bundle, service, ct));
    }

    public async Task End(Guid bundleId, bool approved, CancellationToken ct)
    {
        var bundle = await db.LockCase(bundleId, ct) ?? throw new NotFoundException("case");
        if (bundle.State != CaseState.InReview)
            return;
        var now = clock.GetUtcNow();
        journal.Move(bundle, approved ? CaseAction.Approve : CaseAction.Refuse);
        await caseClock.Stop(bundle, ct);
        journal.Move(bundle, CaseAction.Close);
        db.Raise(new CaseClosed(bundle.Id, bundle.Number!, bundle.ServiceCode, bundle.Outcome.ToString()!), now);
    }

    private async Task CloseRefused(Case decided, DateTimeOffset now, CancellationToken ct)
    {
        var file = await files.Open(decided, ct);
        await file.Handler.OnDropped(file.Context(), ct);
        journal.Move(decided, CaseAction.Close);
        db.Raise(new CaseClosed(decided.Id, decided.Number!, decided.ServiceCode, nameof(CaseOutcome.Refused)), now);
    }

    private async Task<CaseRevision> Revision(Case member, MemberOpening opening, Case bundle, DateTimeOffset now, CancellationToken ct)
    {
        var filed = await db.CaseRevisions.AsNoTracking().Where(r => r.CaseId == bundle.Id).OrderByDescending(r => r.Ordinal).FirstAsync(ct);
        var keys = opening.Service.AllFields().Select(f => f.Key).ToHashSet();
        var origins = filed.Origins.Where(o => keys.Contains(o.Key.Split('/')[0])).ToDictionary();
        foreach (var key in opening.Brought)
            origins[key] = new ValueOrigin(Predecessor, "前一步的结果", now, LockLevel.Locked);
        var revision = new CaseRevision { CaseId = member.Id, Ordinal = 1, Kind = RevisionKind.Submitted, AuthorId = bundle.ApplicantId, CreatedAt = now, Origins = origins };
        revision.Write(opening.Answers, cipher, now);
        revision.Freeze(now);
        return revision;
    }

    private async Task Submit(CaseFile file, Case bundle, CancellationToken ct)
    {
        var member = file.Case;
        var now = clock.GetUtcNow();
        foreach (var signatory in Signing.Wanted(file))
            db.Add(new CasePerson { CaseId = member.Id, PersonHash = cipher.Hash(signatory.IdNumber, CasePeopleHash.Kind), Role = "signatory" });
        await Refer(file, ct);
        await file.Handler.OnSubmitting(file.Context(), ct);
        member.Numbered(await CaseNumber.Take(db, now.Day(), ct), file.Handler.Subject(file.Context()));
        journal.Move(member, CaseAction.Submit, new { file.Revision.AnswersHash, Bundle = bundle.Id });
        // The row must be there before the clock looks for its open segment.
        await db.SaveChangesAsync(ct);
        await caseClock.Start(member, ClockKind.Receipt, file.Service, ct);
        db.Raise(new CaseSubmitted(member.Id, member.Number!, member.ServiceCode, member.ServiceVersion, member.Handler), now);
    }

    /// <summary>An officer looks when a rule asks for it, or when something is amiss that the merged form did not stop: never a silent loss.</summary>
    private async Task Refer(CaseFile file, CancellationToken ct)
    {
        var run = await rules.Run(file, ct);
        // Who submits hears it at once and can mend it; what opens later by itself goes to an officer.
        if (run?.Outcome == RuleOutcome.Fail && !user.IsSystem)
            throw new RefusedException([.. run.Read(cipher).Where(r => r.Outcome == RuleOutcome.Fail).Select(r => new Refusal($"rule.{r.RuleId}", $"{r.Message} {r.Fix}".Trim()))]);
        var amiss = file.Form.Pages.SelectMany(file.Form.Problems).Count(p => !p.IsWarning);
        if (amiss > 0)
            Incomplete(file.Case.ServiceCode, amiss);
        if (await promises.Make(file, ct) || run?.Outcome != RuleOutcome.Pass || amiss > 0)
            file.Case.ReferToOfficer();
    }

    private async Task CopyPeople(Guid from, Guid to, CancellationToken ct)
    {
        foreach (var person in await db.CasePeople.AsNoTracking().Where(p => p.CaseId == from && p.Role == CasePerson.Applicant).ToListAsync(ct))
            db.Add(new CasePerson { CaseId = to, PersonHash = person.PersonHash, Role = person.Role });
    }

    /// <summary>The files of the bundle's materials that the member does not have yet.</summary>
    private async Task CopyMaterials(CaseFile file, MemberOpening opening, CancellationToken ct)
    {
        var wanted = opening.Materials.Values.ToList();
        if (wanted.Count == 0)
            return;
        var brought = await db.Attachments.AsNoTracking().Where(a => a.CaseId == opening.BundleId && a.RemovedAt == null && wanted.Contains(a.MaterialCode)).ToListAsync(ct);
        var present = await db.Attachments.Where(a => a.CaseId == file.Case.Id).ToListAsync(ct);
        foreach (var (code, inBundle) in opening.Materials)
        {
            var now = brought.Where(a => a.MaterialCode == inBundle).ToList();
            foreach (var gone in present.Where(a => a.MaterialCode == code && a.RemovedAt is null && now.All(n => n.Sha256 != a.Sha256)))
                gone.RemovedAt = clock.GetUtcNow();
            foreach (var attachment in now.Where(a => present.All(p => p.MaterialCode != code || p.Sha256 != a.Sha256 || p.RemovedAt is not null)))
                await Copy(attachment, code, file.Case.Id, ct);
        }
    }

    private async Task Copy(Attachment attachment, string code, Guid caseId, CancellationToken ct)
    {
        var copy = new Attachment
        {
            CaseId = caseId,
            MaterialCode = code,
            ProtectedName = attachment.ProtectedName,
            ContentType = attachment.ContentType,
            Length = attachment.Length,
            Sha256 = attachment.Sha256,
            UploadedBy = attachment.UploadedBy,
            UploadedAt = attachment.UploadedAt,
        };
        db.Add(copy);
        db.Add(new AttachmentBody { Id = copy.Id, Protected = await db.Set<AttachmentBody>().Where(b => b.Id == attachment.Id).Select(b => b.Protected).SingleAsync(ct) });
    }

    [LoggerMessage(EventId = 60, Level = LogLevel.Warning, Message = "A member case of {Service} was opened with {Problems} problems; an officer looks")]
    private partial void Incomplete(string service, int problems);
}
