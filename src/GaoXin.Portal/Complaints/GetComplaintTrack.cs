using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>The own complaint (诉求进度): by the account, or with a pass from the look-up. Not there and not yours look alike.</summary>
[ForAnyone]
public sealed record GetComplaintTrack(string Number, string? Pass) : IQuery<ComplaintTrack>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(GetComplaintTrack);
}

/// <summary>The signed-in citizen's own complaints, newest first.</summary>
[ForCitizens]
public sealed record GetMyComplaints(string? Cursor = null) : IQuery<Page<MyComplaint>>;

/// <summary>One of my complaints.</summary>
public sealed record MyComplaint(Guid Id, string Number, ComplaintKind Kind, string? Topic, ComplaintState State, DateTimeOffset SubmittedAt, DateTimeOffset? PromisedAt);

/// <summary>The progress page.</summary>
public sealed record ComplaintTrack
{
    /// <summary>The complaint.</summary>
    public required Guid Id { get; init; }

    /// <summary>诉求编号.</summary>
    public required string Number { get; init; }

    /// <summary>诉求类型.</summary>
    public required ComplaintKind Kind { get; init; }

    /// <summary>The topic's title.</summary>
    public required string Topic { get; init; }

    /// <summary>Where it stands.</summary>
    public required ComplaintState State { get; init; }

    /// <summary>现在轮到谁: one sentence.</summary>
    public required string Turn { get; init; }

    /// <summary>Who answers, by its name.</summary>
    public string? Unit { get; init; }

    /// <summary>派单依据.</summary>
    public string? Why { get; init; }

    /// <summary>Received.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>最晚答复; null before the acceptance, while suspended and after the end.</summary>
    public DateTimeOffset? PromisedAt { get; init; }

    /// <summary>True when the year's holiday notice is not out yet: 预计.</summary>
    public bool PromiseIsEstimated { get; init; }

    /// <summary>Working days left until the promise; negative when late.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>Promised first contact and when it was.</summary>
    public DateTimeOffset? ContactPromisedAt { get; init; }

    /// <summary>首次联系.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>答复.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>Which round; above 1 after a 重办.</summary>
    public required int Round { get; init; }

    /// <summary>Every pause with its reason.</summary>
    public required IReadOnlyList<ComplaintPause> Pauses { get; init; }

    /// <summary>The granted extension, if there is one.</summary>
    public ComplaintDelay? Extension { get; init; }

    /// <summary>What was said, oldest first.</summary>
    public required IReadOnlyList<ComplaintTalk> Talk { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<ComplaintStep> Steps { get; init; }

    /// <summary>The newest reply that passed the review; of the master when merged.</summary>
    public string? Reply { get; init; }

    /// <summary>Why it was not accepted.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>How it is, or would be, published; null when the author did not agree.</summary>
    public string? PublicText { get; init; }

    /// <summary>True when it is public now.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Files that came with it.</summary>
    public required int Files { get; init; }

    /// <summary>Asked to say more: the day until which the clock stands still.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>还能要求重办.</summary>
    public required bool MayReopen { get; init; }

    /// <summary>还能撤回.</summary>
    public required bool MayWithdraw { get; init; }

    /// <summary>还能补充.</summary>
    public required bool MayAnswer { get; init; }

    /// <summary>True when an open order watches it (督办).</summary>
    public required bool Supervised { get; init; }
}

/// <summary>A pause: it does not count.</summary>
public sealed record ComplaintPause(string Reason, string Explanation, DateTimeOffset From, DateTimeOffset? To);

/// <summary>An extension.</summary>
public sealed record ComplaintDelay(int Days, string Reason, DateTimeOffset At);

/// <summary>Something said.</summary>
public sealed record ComplaintTalk(bool Mine, string Author, DateTimeOffset At, string Text, bool IsReply);

/// <summary>Something that happened.</summary>
public sealed record ComplaintStep(string Text, DateTimeOffset At);

internal sealed class GetMyComplaintsHandler(PortalDbContext db, ICurrentUser user, Rulebooks rulebooks) : IRequestHandler<GetMyComplaints, Page<MyComplaint>>
{
    private const int PageSize = 20;

    public async Task<Page<MyComplaint>> Handle(GetMyComplaints request, CancellationToken ct)
    {
        var own = db.Complaints.Where(c => c.ReporterId == user.Id);
        if (Guid.TryParse(request.Cursor, out var after))
            own = own.Where(c => c.Id < after);
        var items = await own.OrderByDescending(c => c.Id).Take(PageSize + 1)
            .Select(c => new MyComplaint(c.Id, c.Number, c.Kind, c.Topic, c.State, c.SubmittedAt, c.PromisedAt)).ToListAsync(ct);
        var titles = (await rulebooks.Topics(ct)).ToDictionary(t => t.Code, t => t.Title);
        return new Page<MyComplaint>([.. items.Take(PageSize).Select(i => i with { Topic = titles.GetValueOrDefault(i.Topic ?? "", i.Topic ?? "") })],
            items.Count > PageSize ? items[PageSize - 1].Id.ToString() : null);
    }
}

internal sealed class GetComplaintTrackHandler(PortalDbContext db, OwnComplaints own, PersonalDataCipher cipher, Rulebooks rulebooks, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetComplaintTrack, ComplaintTrack>
{
    public async Task<ComplaintTrack> Handle(GetComplaintTrack request, CancellationToken ct)
    {
        var id = await own.Find(request.Number, request.Pass, ct);
        var found = await db.Complaints.AsNoTracking().AsSingleQuery().Include(c => c.Clocks).Include(c => c.Suspensions).Include(c => c.Extensions).Include(c => c.Replies)
            .SingleAsync(c => c.Id == id, ct);
        var messages = await db.ComplaintMessages.AsNoTracking().Where(m => m.ComplaintId == id && m.ForCitizen).OrderBy(m => m.Id).ToListAsync(ct);
        var steps = await db.ComplaintEvents.AsNoTracking().Where(e => e.ComplaintId == id && e.Told != null).OrderBy(e => e.Sequence).Select(e => new ComplaintStep(e.Told!, e.At)).ToListAsync(ct);
        var extra = await db.Complaints.Where(c => c.Id == id).Select(c => new
        {
            Files = db.Set<ComplaintFile>().Count(f => f.ComplaintId == id),
            Supervised = db.Set<ComplaintSupervision>().Any(s => s.ComplaintId == id && s.ClosedAt == null),
            MasterReply = db.Set<ComplaintReply>().Where(r => r.ComplaintId == c.MasterId && r.Outcome == ReplyOutcome.Approved).OrderByDescending(r => r.WrittenAt).Select(r => r.ProtectedText).FirstOrDefault(),
        }).SingleAsync(ct);
        var time = await rulebooks.Time(ct);
        var topics = await rulebooks.Topics(ct);
        var departments = await mediator.Send(new GetDepartments(), ct);
        var unit = departments.FirstOrDefault(d => d.Code == found.Unit)?.Title ?? found.Unit;
        var (now, calendar) = (clock.GetUtcNow(), time.Hours.Calendar);
        var reply = found.Replies.Where(r => r.Outcome == ReplyOutcome.Approved).OrderBy(r => r.WrittenAt).LastOrDefault();
        var secret = reply?.ProtectedText ?? (found.State == ComplaintState.Merged ? extra.MasterReply : null);
        var situation = new ComplaintMove(Guid.Empty, null, new HashSet<ComplaintActor> { ComplaintActor.Citizen }, now, time);
        return new ComplaintTrack
        {
            Id = id,
            Number = found.Number,
            Kind = found.Kind,
            Topic = topics.FirstOrDefault(t => t.Code == found.Topic)?.Title ?? found.Kind.Chinese(),
            State = found.State,
            Turn = Turn(found, unit),
            Unit = unit,
            Why = found.RoutedWhy,
            SubmittedAt = found.SubmittedAt,
            PromisedAt = found.PromisedAt,
            PromiseIsEstimated = found.PromisedAt is { } promised && calendar.IsEstimated(promised.Day()),
            DaysLeft = Left(found.PromisedAt, now, calendar),
            ContactPromisedAt = found.Clocks.Where(c => c.Kind == ComplaintClockKind.Contact && c.Round == found.Round).Max(c => c.DueAt),
            ContactedAt = found.ContactedAt,
            RepliedAt = found.RepliedAt,
            Round = found.Round,
            Pauses = [.. found.Suspensions.Where(s => s.From is not null).OrderBy(s => s.From).Select(s => new ComplaintPause(s.Reason.Chinese(), s.Explanation, s.From!.Value, s.To))],
            Extension = found.Extensions.Where(e => e.Granted == true).Select(e => new ComplaintDelay(e.Days, e.Reason, e.DecidedAt!.Value)).FirstOrDefault(),
            Talk = [new ComplaintTalk(true, ComplaintJournal.Citizen, found.SubmittedAt, cipher.Unprotect(found.ProtectedText, Complaint.TextPurpose), false), .. Talks(found, messages, unit)],
            Steps = steps,
            Reply = secret is null ? null : cipher.Unprotect(secret, ComplaintReply.TextPurpose),
            RefusalReason = found.RefusalReason,
            PublicText = found.MayPublish ? found.PublicText ?? PublicText.Of(cipher.Unprotect(found.ProtectedText, Complaint.TextPurpose), NameOf(found)) : null,
            IsPublished = found.PublishedAt is not null,
            Files = extra.Files,
            AnswerBy = found.RunningSuspension is { Reason: SuspensionReason.WaitingForCitizen } waiting ? waiting.ResumesAt : null,
            MayReopen = found.State is ComplaintState.Replied or ComplaintState.Closed && ComplaintGuards.MayReopen(found, situation)?.Code is null or "complaint.redone-twice",
            MayWithdraw = found.IsOpen,
            MayAnswer = found.IsOpen,
            Supervised = extra.Supervised,
        };
    }

    private IEnumerable<ComplaintTalk> Talks(Complaint found, List<ComplaintMessage> messages, string? unit) =>
        messages.Select(m => new ComplaintTalk(m.From == MessageFrom.Citizen, m.Author, m.At, cipher.Unprotect(m.ProtectedText, ComplaintMessage.Purpose), false))
            .Concat(found.Replies.Where(r => r.Outcome == ReplyOutcome.Approved)
                .Select(r => new ComplaintTalk(false, $"{unit}答复", r.ReviewedAt!.Value, cipher.Unprotect(r.ProtectedText, ComplaintReply.TextPurpose), true)))
            .OrderBy(t => t.At);

    private string? NameOf(Complaint found) => found.ProtectedName is null ? null : cipher.Unprotect(found.ProtectedName, Complaint.NamePurpose);

    private static int? Left(DateTimeOffset? promised, DateTimeOffset now, WorkingCalendar calendar) => promised is not { } due ? null
        : due >= now ? calendar.CountWorkingDays(now.Day(), due.Day()) : -Math.Max(1, calendar.CountWorkingDays(due.Day(), now.Day()));

    private static string Turn(Complaint found, string? unit) => found.State switch
    {
        ComplaintState.Submitted => "等受理员受理",
        ComplaintState.Accepted => "已受理，正在派单",
        ComplaintState.Dispatched => $"已派给{unit}，等签收",
        ComplaintState.ReturnPending => $"{unit}说不归它管，正在裁定归谁",
        ComplaintState.InProgress => $"{unit}正在办理",
        ComplaintState.Suspended when found.RunningSuspension?.Reason == SuspensionReason.WaitingForCitizen => "等您补充情况",
        ComplaintState.Suspended => $"暂停办理：{found.RunningSuspension?.Reason.Chinese()}",
        ComplaintState.ReplyReview => "答复写好了，正在由另一个人审核",
        ComplaintState.Replied => "已答复，等回访。不满意的，可以要求重办",
        ComplaintState.Closed => "办完了。没有解决的，15 天内可以要求重办",
        ComplaintState.NotAccepted => "这件诉求我们不能受理，下面写了原因和该找谁",
        ComplaintState.Merged => "和另一件同样的诉求一起办，结果会告诉您",
        _ => "您已撤回",
    };
}
