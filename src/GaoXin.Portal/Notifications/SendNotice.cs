using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Notifications;

/// <summary>How a notice reaches a person.</summary>
public enum NoticeChannels
{
    /// <summary>站内消息 only.</summary>
    Inbox,

    /// <summary>站内消息 and a short message.</summary>
    InboxAndSms,
}

/// <summary>
/// Tells an account something (通知): an entry in its inbox and, if asked for, a short message that leaves after the
/// commit. For jobs and event handlers; inside another command's handler use <see cref="INotices"/>. A failing message
/// never fails the sender.
/// </summary>
[ForSystem]
public sealed record SendNotice : ICommand
{
    /// <summary>The account.</summary>
    public required Guid RecipientId { get; init; }

    /// <summary>One of <see cref="NoticeTemplate"/>.</summary>
    public required string Template { get; init; }

    /// <summary>A value for each token of the template, see <see cref="NoticeToken"/>. Never personal data.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>The page to go to, a path of this site, for example <c>/cases/GX-…</c>.</summary>
    public string? Link { get; init; }

    /// <summary>Inbox and short message by default.</summary>
    public NoticeChannels Channels { get; init; } = NoticeChannels.InboxAndSms;

    /// <summary>The sender's own name for this fact; the same key is told once per account.</summary>
    public string? Key { get; init; }
}

/// <summary>
/// FOR CAPABILITIES ONLY, NEVER FOR PAGES: stores a notice in the transaction of the running command, whoever sent it.
/// </summary>
public interface INotices
{
    /// <summary>Stores the notice with the change that caused it. Throws on an unknown template, a missing value or personal data: faults of the sender.</summary>
    Task Send(SendNotice notice, CancellationToken ct);
}

internal sealed class SendNoticeValidator : AbstractValidator<SendNotice>
{
    public SendNoticeValidator()
    {
        RuleFor(n => n.RecipientId).NotEmpty();
        RuleFor(n => n.Link).MaximumLength(Notice.LongestLink)
            .Must(link => link is null || (link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !link.Contains('\\')))
            .WithMessage("A link is a path of this site.");
        RuleFor(n => n.Values).Must(values => !values.Values.Any(PersonalNumbers.AreIn)).WithMessage("A notice holds no personal data.");
    }
}

internal sealed class SendNoticeHandler(INotices notices) : IRequestHandler<SendNotice, Unit>
{
    public async Task<Unit> Handle(SendNotice request, CancellationToken ct)
    {
        await notices.Send(request, ct);
        return Unit.Value;
    }
}

internal sealed class Notices(PortalDbContext db, NoticeTemplates templates, UnreadCounts counts, TimeProvider clock) : INotices
{
    private static readonly SendNoticeValidator Rules = new();

    public async Task Send(SendNotice notice, CancellationToken ct)
    {
        await Rules.ValidateAndThrowAsync(notice, ct);
        if (notice.Key is { } key && await db.Notices.AnyAsync(n => n.RecipientId == notice.RecipientId && n.Key == key, ct))
            return;
        var words = templates.Render(notice.Template, notice.Values);
        var now = clock.GetUtcNow();
        var stored = new Notice
        {
            RecipientId = notice.RecipientId,
            Key = notice.Key,
            Template = notice.Template,
            Title = words.Title,
            Text = words.Text,
            Link = notice.Link,
            CreatedAt = now,
        };
        db.Add(stored);
        counts.Forget(notice.RecipientId);
        if (notice.Channels != NoticeChannels.InboxAndSms)
            return;
        var sms = new SmsDispatch { NoticeId = stored.Id, RecipientId = notice.RecipientId, Text = words.Sms, CreatedAt = now };
        db.Add(sms);
        db.Raise(new SmsRequested(sms.Id), now);
    }
}
