using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>One 差评 with its rectification, and what this member of staff may do. Not there and not for you look alike.</summary>
[ForStaff(Roles.UnitLiaison, Roles.CallBackOfficer, Roles.ComplaintSupervisor, Roles.Auditor, Roles.Officer, Roles.SeniorOfficer, Roles.WindowClerk, Roles.ComplaintHandler)]
public sealed record GetRectification(Guid Id) : IQuery<RectificationView>;

/// <summary>A 差评 on the desk.</summary>
public sealed record RectificationView
{
    /// <summary>The line of the lists.</summary>
    public required RectificationLine Line { get; init; }

    /// <summary>What was done.</summary>
    public required ServiceEventKind Kind { get; init; }

    /// <summary>How it went.</summary>
    public required ServiceOutcome Outcome { get; init; }

    /// <summary>Number of the ticket, case or complaint; null for 匿名, whom it would give away.</summary>
    public string? Number { get; init; }

    /// <summary>The day of the service; for 匿名 only the month.</summary>
    public required string When { get; init; }

    /// <summary>What was ticked.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>In the person's own words.</summary>
    public string? Comment { get; init; }

    /// <summary>追评.</summary>
    public string? FollowUp { get; init; }

    /// <summary>There is somebody to call.</summary>
    public required bool Callable { get; init; }

    /// <summary>被评的人, masked; null when a rule decided.</summary>
    public string? Rated { get; init; }

    /// <summary>接通没有; null before the call.</summary>
    public bool? Reached { get; init; }

    /// <summary>What the person said.</summary>
    public string? CallNote { get; init; }

    /// <summary>整改最晚.</summary>
    public DateTimeOffset? FixDueAt { get; init; }

    /// <summary>为什么延长.</summary>
    public string? ExtensionReason { get; init; }

    /// <summary>做了什么.</summary>
    public string? FixText { get; init; }

    /// <summary>申诉的理由.</summary>
    public string? Appeal { get; init; }

    /// <summary>不计入的原因.</summary>
    public ExclusionReason? Exclusion { get; init; }

    /// <summary>裁定.</summary>
    public string? Ruling { get; init; }

    /// <summary>可以申诉到.</summary>
    public required DateTimeOffset AppealBefore { get; init; }

    /// <summary>What may be done now.</summary>
    public required IReadOnlyList<RectificationAction> Actions { get; init; }

    /// <summary>May see the telephone.</summary>
    public required bool MayReveal { get; init; }

    /// <summary>The comment can be published: a proposal without what tells who; null when it is not to be.</summary>
    public string? PublicProposal { get; init; }

    /// <summary>What is public of the comment; null when nothing is.</summary>
    public string? PublicText { get; init; }

    /// <summary>What happened, newest first.</summary>
    public required IReadOnlyList<RectificationStep> History { get; init; }
}

/// <summary>A step.</summary>
public sealed record RectificationStep(string Words, string Actor, DateTimeOffset At);

internal sealed class GetRectificationHandler(
    PortalDbContext db, StaffRectifications all, RectificationJournal journal, PersonalDataCipher cipher, IPeople people, ICurrentUser user, IMediator mediator)
    : IRequestHandler<GetRectification, RectificationView>
{
    public async Task<RectificationView> Handle(GetRectification request, CancellationToken ct)
    {
        var found = await (from c in all.Mine().AsNoTracking()
                           join e in db.ServiceEvents on c.EventId equals e.Id
                           join r in db.ServiceRatings on c.EventId equals r.EventId
                           join f in db.FollowUps on c.EventId equals f.EventId into added
                           from f in added.DefaultIfEmpty()
                           join p in db.PublicComments on c.EventId equals p.EventId into published
                           from p in published.DefaultIfEmpty()
                           where c.Id == request.Id
                           select new { Row = c, Event = e, Rating = r, f.ProtectedText, PublicText = p.Text }).SingleOrDefaultAsync(ct).OrNotFound("rectification");
        var history = await db.Set<RectificationEvent>().AsNoTracking().Where(h => h.RectificationId == request.Id).OrderByDescending(h => h.Sequence).Take(100).ToListAsync(ct);
        var (row, rated, rating) = (found.Row, found.Event, found.Rating);
        var units = await mediator.Send(new GetDepartments(), ct);
        var move = await journal.Situation(row, ct);
        var reasons = move.Time.Rules.Reasons.ToDictionary(r => r.Code, r => r.Title);
        var named = rating.Identity == RaterIdentity.Named;
        var comment = Open(rating.ProtectedComment, ServiceRating.CommentPurpose);
        var who = row.RatedId is { } id ? (await people.Find(id, ct))?.Name : null;
        return new RectificationView
        {
            Line = new RectificationLine(row.Id, rated.ItemTitle, units.TitleOf(row.Unit), rated.Window, rating.Level, rating.Identity, row.State, row.OpenedAt, row.DueAt, row.RatedId == user.Id),
            Kind = rated.Kind,
            Outcome = rated.Outcome,
            Number = named ? rated.Number : null,
            When = rated.EndedAt.Local().ToString(named ? "yyyy年M月d日" : "yyyy年M月", System.Globalization.CultureInfo.InvariantCulture),
            Reasons = [.. rating.Reasons.Select(r => reasons.GetValueOrDefault(r, r))],
            Comment = comment,
            FollowUp = Open(found.ProtectedText, FollowUp.TextPurpose),
            Callable = row.Callable,
            Rated = who is null ? null : Masking.Name(who),
            Reached = row.Reached,
            CallNote = Open(row.ProtectedCallNote, Rectification.NotePurpose),
            FixDueAt = row.FixDueAt,
            ExtensionReason = row.ExtensionReason,
            FixText = row.FixText,
            Appeal = Open(row.ProtectedAppeal, Rectification.NotePurpose),
            Exclusion = row.Exclusion,
            Ruling = row.RulingText,
            AppealBefore = move.Time.EndAfter(row.OpenedAt, row.AppealDays),
            Actions = RectificationTransitions.Possible(row, move),
            MayReveal = row.Callable && RectificationTransitions.Possible(row, move).Contains(RectificationAction.RecordCall),
            PublicProposal = found.PublicText is null && comment is not null && user.IsInRole(Roles.ComplaintSupervisor) ? PublicText.Of(comment) : null,
            PublicText = found.PublicText,
            History = [.. history.Select(h => new RectificationStep(Words(h.Kind), h.Actor, h.At))],
        };
    }

    private static string Words(string kind) => Enum.TryParse<RectificationAction>(kind, out var action) ? action.Chinese() : kind switch
    {
        "Opened" => "收到差评，开始整改",
        "Revealed" => "查看了评价人的电话",
        "CommentPublished" => "公开了评价内容",
        "CalendarChanged" => "放假安排变了，时限重新算过",
        _ => kind,
    };

    private string? Open(byte[]? secret, string purpose) => secret is null ? null : cipher.Unprotect(secret, purpose);
}
