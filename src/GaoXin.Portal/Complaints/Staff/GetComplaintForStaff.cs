using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>A complaint on the desk of staff: what was said, how it stands, and what this member of staff may do now.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.UnitLiaison, Roles.ComplaintHandler, Roles.ReplyReviewer, Roles.CallBackOfficer, Roles.ComplaintSupervisor)]
public sealed record GetComplaintForStaff(Guid Id) : IQuery<ComplaintForStaff>;

/// <summary>查看是谁: name and telephone, with a reason that the person can read. Refused for who must not know.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintHandler, Roles.CallBackOfficer, Roles.ComplaintSupervisor)]
public sealed record RevealReporter(Guid Id, string? Reason) : ICommand<ReporterData>;

/// <summary>Name and telephone. Never log it.</summary>
public sealed record ReporterData(string? Name, string? Phone)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => nameof(ReporterData);
}

/// <summary>Opens a file of a complaint; put on record.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.UnitLiaison, Roles.ComplaintHandler, Roles.ReplyReviewer, Roles.CallBackOfficer, Roles.ComplaintSupervisor)]
public sealed record OpenComplaintFile(Guid Id, Guid FileId) : ICommand<ComplaintFileContent>;

/// <summary>A file's content, checked against its hash.</summary>
public sealed record ComplaintFileContent(string Name, string ContentType, byte[] Content);

/// <summary>The page of staff.</summary>
public sealed record ComplaintForStaff
{
    /// <summary>As in the list.</summary>
    public required ComplaintLine Line { get; init; }

    /// <summary>经过.</summary>
    public required string Text { get; init; }

    /// <summary>地点.</summary>
    public string? Place { get; init; }

    /// <summary>来源.</summary>
    public required ComplaintChannel Channel { get; init; }

    /// <summary>Number of the platform it came from.</summary>
    public string? ExternalNumber { get; init; }

    /// <summary>Who may know.</summary>
    public required IdentityMode Identity { get; init; }

    /// <summary>Masked; null when this person must not know, or nothing was left.</summary>
    public string? Name { get; init; }

    /// <summary>Masked, like the name.</summary>
    public string? Phone { get; init; }

    /// <summary>查看完整 is possible.</summary>
    public required bool MayReveal { get; init; }

    /// <summary>The code of the topic.</summary>
    public string? TopicCode { get; init; }

    /// <summary>The code of the lead unit.</summary>
    public string? UnitCode { get; init; }

    /// <summary>主题词 that the rules propose: unit, rule and why.</summary>
    public string? ProposedUnit { get; init; }

    /// <summary>派单依据.</summary>
    public string? Why { get; init; }

    /// <summary>Urgency as fixed.</summary>
    public required ComplaintUrgency Urgency { get; init; }

    /// <summary>The related case's number.</summary>
    public string? RelatedCaseNumber { get; init; }

    /// <summary>首接负责.</summary>
    public required bool Locked { get; init; }

    /// <summary>The promise.</summary>
    public DateTimeOffset? PromisedAt { get; init; }

    /// <summary>首次联系.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>Co-units with their parts.</summary>
    public required IReadOnlyList<CoUnit> CoUnits { get; init; }

    /// <summary>The return that waits for a ruling.</summary>
    public ReturnAsked? Return { get; init; }

    /// <summary>The suspension that waits for approval.</summary>
    public string? SuspensionAsked { get; init; }

    /// <summary>The extension that waits for approval.</summary>
    public string? ExtensionAsked { get; init; }

    /// <summary>Replies, the newest first.</summary>
    public required IReadOnlyList<ReplyOfUnit> Replies { get; init; }

    /// <summary>Calls, the newest first.</summary>
    public required IReadOnlyList<CallMade> Calls { get; init; }

    /// <summary>What was said, also among staff, oldest first.</summary>
    public required IReadOnlyList<StaffTalk> Talk { get; init; }

    /// <summary>The record, newest first.</summary>
    public required IReadOnlyList<StaffEvent> History { get; init; }

    /// <summary>Files.</summary>
    public required IReadOnlyList<FileOfComplaint> Files { get; init; }

    /// <summary>Probably the same matter.</summary>
    public required IReadOnlyList<AlikeComplaint> Alike { get; init; }

    /// <summary>What this person may do now.</summary>
    public required IReadOnlySet<ComplaintAction> Actions { get; init; }

    /// <summary>领办 is possible.</summary>
    public required bool MayTake { get; init; }

    /// <summary>This person is the handler.</summary>
    public required bool IsHandler { get; init; }

    /// <summary>A liaison or handler of the lead unit.</summary>
    public required bool OwnUnit { get; init; }

    /// <summary>协办意见 of the own unit is open.</summary>
    public required bool MayCoHandle { get; init; }

    /// <summary>A clock of the own unit is over: the delay can be explained.</summary>
    public required bool Late { get; init; }

    /// <summary>Why it is supervised; null when it is not.</summary>
    public string? Supervised { get; init; }

    /// <summary>A supervisor may still order one.</summary>
    public bool MaySupervise { get; init; }

    /// <summary>How it would be published, when the author agreed.</summary>
    public string? PublicProposal { get; init; }

    /// <summary>The same of the reply that waits.</summary>
    public string? PublicReplyProposal { get; init; }
}

/// <summary>A co-unit.</summary>
public sealed record CoUnit(string Title, string? Opinion, DateTimeOffset? FinishedAt);

/// <summary>A return.</summary>
public sealed record ReturnAsked(string Unit, string Reason, string Basis, string SuggestedUnit);

/// <summary>A reply.</summary>
public sealed record ReplyOfUnit(string Text, DateTimeOffset At, ReplyState State, IReadOnlyList<string> Findings, string? OverrideReason);

/// <summary>How a reply fared.</summary>
public enum ReplyState
{
    /// <summary>待审.</summary>
    [Chinese("待审")]
    Pending,

    /// <summary>已通过.</summary>
    [Chinese("已通过")]
    Approved,

    /// <summary>已退回.</summary>
    [Chinese("已退回")]
    SentBack,
}

/// <summary>A call.</summary>
public sealed record CallMade(DateTimeOffset At, bool Reached, bool? Solved, bool? Satisfied, string? Note);

/// <summary>Something said.</summary>
public sealed record StaffTalk(string Author, DateTimeOffset At, string Text, bool ForCitizen);

/// <summary>Something that happened.</summary>
public sealed record StaffEvent(string Kind, string Actor, DateTimeOffset At, string? Told);

/// <summary>A file.</summary>
public sealed record FileOfComplaint(Guid Id, string Name, int Length);

/// <summary>A complaint like this one.</summary>
public sealed record AlikeComplaint(Guid Id, string Number, string State, int Percent);

internal sealed class RevealReporterValidator : AbstractValidator<RevealReporter>
{
    public RevealReporterValidator() => RuleFor(c => c.Reason).Must(r => (r ?? "").Trim().Length >= 5).WithMessage("请写明查看原因，至少 5 个字，当事人会看到。").MaximumLength(200).WithMessage("最多写 200 个字。");
}

internal sealed class GetComplaintForStaffHandler(
    PortalDbContext db, StaffComplaints complaints, Rulebooks rulebooks, Router router, PersonalDataCipher cipher, ICurrentUser user, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetComplaintForStaff, ComplaintForStaff>
{
    // What a person can mend by filling in the form stays on offer; these can not be mended.
    private static readonly string[] NotForYou =
    [
        "complaint.other-unit", "complaint.second-person", "complaint.own-return", "complaint.supervisor-rules", "complaint.own-asking", "complaint.nothing-asked", "complaint.not-the-handler",
        "complaint.first-receiver", "complaint.returned-before", "complaint.return-too-late", "complaint.never-suspended",
    ];

    private const int MostEvents = 100;

    public async Task<ComplaintForStaff> Handle(GetComplaintForStaff request, CancellationToken ct)
    {
        var found = await db.Complaints.AsNoTracking().AsSingleQuery().Include(c => c.Clocks).Include(c => c.Suspensions).Include(c => c.Extensions).Include(c => c.Returns)
            .Include(c => c.CoHandlers).Include(c => c.Replies).Include(c => c.Calls).SingleOrDefaultAsync(c => c.Id == request.Id, ct).OrNotFound("complaint");
        if (!complaints.Sees(found.Unit, found.CoHandlers.Select(c => c.Unit)))
            throw new NotFoundException("complaint");
        var messages = await db.ComplaintMessages.AsNoTracking().Where(m => m.ComplaintId == found.Id).OrderBy(m => m.Id).ToListAsync(ct);
        var events = await db.ComplaintEvents.AsNoTracking().Where(e => e.ComplaintId == found.Id).OrderByDescending(e => e.Sequence).Take(MostEvents)
            .Select(e => new StaffEvent(e.Kind, e.Actor, e.At, e.Told)).ToListAsync(ct);
        var files = await db.ComplaintFiles.AsNoTracking().Where(f => f.ComplaintId == found.Id).OrderBy(f => f.Id).ToListAsync(ct);
        var alike = complaints.SeesAll ? await Similar.Of(db, found, clock.GetUtcNow(), ct) : [];
        var units = (await mediator.Send(new GetDepartments(), ct)).ToDictionary(d => d.Code, d => d.Title);
        string Title(string? code) => code is null ? "" : units.GetValueOrDefault(code, code);
        var topic = (await rulebooks.Topics(ct)).FirstOrDefault(t => t.Code == found.Topic)?.Title;
        var now = clock.GetUtcNow();
        var move = new ComplaintMove(user.Id, user.DepartmentCode, ComplaintTransitions.ActorsOf(user), now, await rulebooks.Time(ct));
        var knows = StaffComplaints.MayKnowWho(found.Identity, user);
        var (text, name) = (Open(found.ProtectedText, Complaint.TextPurpose)!, Open(found.ProtectedName, Complaint.NamePurpose));
        var own = user.DepartmentCode is { } unit && found.Unit == unit && (user.IsInRole(Roles.UnitLiaison) || user.IsInRole(Roles.ComplaintHandler));
        // Numbers in what people wrote are masked for everybody; who must not know who asked reads it as the public would.
        string Shown(string words) => knows ? PersonalNumbers.Mask(words) : PublicText.Of(words, name);
        var pending = found.PendingReply is { } reply ? Open(reply.ProtectedText, ComplaintReply.TextPurpose) : null;
        return new ComplaintForStaff
        {
            Line = new ComplaintLine(found.Id, found.Number, found.Kind, topic, Title(found.Unit), found.State, found.DueAt, found.WarnAt, found.Round, found.SubmittedAt, found.HandlerId == user.Id, found.HandlerId is not null),
            Text = Shown(text),
            Place = Open(found.ProtectedPlace, Complaint.PlacePurpose) is { } place ? Shown(place) : null,
            Channel = found.Channel,
            ExternalNumber = found.ExternalNumber,
            Identity = found.Identity,
            Name = knows ? Masking.Name(name) : null,
            Phone = knows ? Masking.Mobile(Open(found.ProtectedPhone, Complaint.PhonePurpose)) : null,
            MayReveal = knows && found.ProtectedPhone is not null && !user.IsInRole(Roles.ReplyReviewer),
            TopicCode = found.Topic,
            UnitCode = found.Unit,
            ProposedUnit = found.State == ComplaintState.Accepted ? Proposed(await router.Ask(found, ct), units) : null,
            Why = found.RoutedWhy,
            Urgency = found.Urgency,
            // A case leads to its applicant.
            RelatedCaseNumber = knows ? found.RelatedCaseNumber : null,
            Locked = found.Locked,
            PromisedAt = found.PromisedAt,
            ContactedAt = found.ContactedAt,
            CoUnits = [.. found.CoHandlers.Select(c => new CoUnit(Title(c.Unit), Open(c.ProtectedOpinion, CoHandler.OpinionPurpose) is { } opinion ? Shown(opinion) : null, c.FinishedAt))],
            Return = found.AskedReturn is { } r ? new ReturnAsked(Title(r.Unit), r.Reason, r.Basis, Title(r.SuggestedUnit)) : null,
            SuspensionAsked = found.AskedSuspension is { } s ? $"{s.Reason.Chinese()}：{s.Explanation}" : null,
            ExtensionAsked = found.AskedExtension is { } e ? $"{e.Days} 个工作日：{e.Reason}" : null,
            Replies = [.. found.Replies.OrderByDescending(x => x.WrittenAt).Select(x => new ReplyOfUnit(Open(x.ProtectedText, ComplaintReply.TextPurpose)!, x.WrittenAt, (ReplyState)x.Outcome, x.Findings, x.OverrideReason))],
            Calls = [.. found.Calls.OrderByDescending(x => x.At).Select(x => new CallMade(x.At, x.Reached, x.Solved, x.Satisfied, Open(x.ProtectedNote, ComplaintCall.NotePurpose) is { } note ? Shown(note) : null))],
            Talk = [.. messages.Select(m => new StaffTalk(m.Author, m.At, Shown(Open(m.ProtectedText, ComplaintMessage.Purpose)!), m.ForCitizen))],
            History = events,
            Files = [.. files.Select(f => new FileOfComplaint(f.Id, Shown(Open(f.ProtectedName, ComplaintFile.NamePurpose)!), f.Length))],
            Alike = [.. alike.Select(a => new AlikeComplaint(a.Id, a.Number, a.State.Chinese(), (int)(a.Likeness * 100)))],
            Actions = Actions(found, move),
            MayTake = own && found is { State: ComplaintState.InProgress, HandlerId: null } && user.IsInRole(Roles.ComplaintHandler) && !found.FormerHandlers.Contains(user.Id),
            IsHandler = found.HandlerId == user.Id,
            OwnUnit = own,
            MayCoHandle = found.IsOpen && found.CoHandlers.Any(c => c.Unit == user.DepartmentCode && c.FinishedAt is null) && (user.IsInRole(Roles.UnitLiaison) || user.IsInRole(Roles.ComplaintHandler)),
            Late = own && found.Clocks.Any(c => c is { Runs: true, DueAt: not null } && c.DueAt < now),
            MaySupervise = found.IsOpen || found.State == ComplaintState.Closed,
            Supervised = await db.Set<ComplaintSupervision>().Where(s => s.ComplaintId == found.Id && s.ClosedAt == null).Select(s => s.Why).SingleOrDefaultAsync(ct),
            PublicProposal = found.MayPublish ? PublicText.Of(text, name) : null,
            PublicReplyProposal = found.MayPublish && pending is not null ? PublicText.Of(pending, name) : null,
        };
    }

    private static HashSet<ComplaintAction> Actions(Complaint found, ComplaintMove move) =>
        [.. ComplaintTransitions.Possible(found, move).Where(a => ComplaintTransitions.Find(found.State, a)!.Guard?.Invoke(found, move) is not { } refusal || !NotForYou.Contains(refusal.Code))];

    private static string? Proposed(RoutingAnswer answer, Dictionary<string, string> units) => answer.Unit is null ? null : $"{units.GetValueOrDefault(answer.Unit, answer.Unit)}（{answer.Rule}：{answer.Why}）";

    private string? Open(byte[]? secret, string purpose) => secret is null ? null : cipher.Unprotect(secret, purpose);
}

internal sealed class RevealReporterHandler(StaffComplaints complaints, ComplaintJournal journal, PersonalDataCipher cipher, ICurrentUser user, IMediator mediator) : IRequestHandler<RevealReporter, ReporterData>
{
    public async Task<ReporterData> Handle(RevealReporter request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (!StaffComplaints.MayKnowWho(complaint.Identity, user))
            throw new RefusedException(ComplaintRefusals.NoPhone());
        await mediator.Send(new RecordPersonalDataRead { SubjectAccountId = complaint.ReporterId, CaseId = complaint.Id, Field = "诉求人的姓名和手机号", Reason = request.Reason! }, ct);
        journal.Record(complaint, "Revealed");
        return new ReporterData(Open(complaint.ProtectedName, Complaint.NamePurpose), Open(complaint.ProtectedPhone, Complaint.PhonePurpose));
    }

    private string? Open(byte[]? secret, string purpose) => secret is null ? null : cipher.Unprotect(secret, purpose);
}

internal sealed class OpenComplaintFileHandler(PortalDbContext db, StaffComplaints complaints, PersonalDataCipher cipher, IMediator mediator) : IRequestHandler<OpenComplaintFile, ComplaintFileContent>
{
    public async Task<ComplaintFileContent> Handle(OpenComplaintFile request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var file = await db.ComplaintFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == request.FileId && f.ComplaintId == complaint.Id, ct).OrNotFound("file");
        var body = await db.Set<ComplaintFileBody>().AsNoTracking().SingleAsync(b => b.Id == file.Id, ct);
        var content = cipher.UnprotectBytes(body.Content, ComplaintFile.BodyPurpose);
        if (Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)) != file.Sha256)
            throw new InvalidOperationException($"File {file.Id} does not match its hash.");
        await mediator.Send(new RecordPersonalDataRead { SubjectAccountId = complaint.ReporterId, CaseId = complaint.Id, Field = "诉求的照片或文件", Reason = $"办理诉求 {ComplaintNumber.Display(complaint.Number)}" }, ct);
        return new ComplaintFileContent(cipher.Unprotect(file.ProtectedName, ComplaintFile.NamePurpose), file.ContentType, content);
    }
}
