using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>Tells the citizen's account what happened; who filed as a stranger is called instead.</summary>
internal sealed class ComplaintNotices(PortalDbContext db, IMediator mediator)
    : IEventHandler<ComplaintAccepted>, IEventHandler<ComplaintNotAccepted>, IEventHandler<ComplaintSuspendedForCitizen>, IEventHandler<ComplaintExtended>,
        IEventHandler<ComplaintReplied>, IEventHandler<ComplaintMerged>
{
    public Task Handle(ComplaintAccepted fact, CancellationToken ct) => Tell(fact.ComplaintId, fact.Number, NoticeTemplate.ComplaintAccepted, "accepted", fact.PromisedOn, ct);

    public Task Handle(ComplaintNotAccepted fact, CancellationToken ct) => Tell(fact.ComplaintId, fact.Number, NoticeTemplate.ComplaintNotAccepted, "not-accepted", null, ct);

    public Task Handle(ComplaintSuspendedForCitizen fact, CancellationToken ct) =>
        Tell(fact.ComplaintId, fact.Number, NoticeTemplate.ComplaintQuestion, $"question:{fact.AnswerBy:yyyyMMdd}", fact.AnswerBy, ct);

    public Task Handle(ComplaintExtended fact, CancellationToken ct) => Tell(fact.ComplaintId, fact.Number, NoticeTemplate.ComplaintExtended, "extended", fact.PromisedOn, ct);

    public Task Handle(ComplaintReplied fact, CancellationToken ct) =>
        Tell(fact.ComplaintId, fact.Number, NoticeTemplate.ComplaintReplied, $"replied:{fact.Round.ToString(CultureInfo.InvariantCulture)}", null, ct);

    public Task Handle(ComplaintMerged fact, CancellationToken ct) => Tell(fact.ComplaintId, fact.Number, NoticeTemplate.ComplaintMerged, "merged", null, ct);

    private async Task Tell(Guid complaintId, string number, string template, string key, DateOnly? deadline, CancellationToken ct)
    {
        if (await db.Complaints.Where(c => c.Id == complaintId).Select(c => c.ReporterId).SingleOrDefaultAsync(ct) is not { } account)
            return;
        var values = new Dictionary<string, string> { [NoticeToken.Number] = ComplaintNumber.Display(number) };
        if (deadline is { } day)
            values[NoticeToken.Deadline] = day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
        await mediator.Send(new SendNotice { RecipientId = account, Template = template, Values = values, Link = $"/complaints/{number}", Key = $"complaint:{number}:{key}" }, ct);
    }
}
