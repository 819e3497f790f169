using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Notifications;

/// <summary>Marks one of the signed-in person's notices as read (已读) and answers where it leads, if anywhere. Another person's is not found.</summary>
[ForSignedIn]
public sealed record MarkNoticeRead(Guid Id) : ICommand<string?>;

internal sealed class MarkNoticeReadHandler(PortalDbContext db, ICurrentUser user, UnreadCounts counts, TimeProvider clock) : IRequestHandler<MarkNoticeRead, string?>
{
    public async Task<string?> Handle(MarkNoticeRead request, CancellationToken ct)
    {
        var notice = await db.Notices.SingleOrDefaultAsync(n => n.Id == request.Id && n.RecipientId == user.Id, ct).OrNotFound("notice");
        notice.Read(clock.GetUtcNow());
        counts.Forget(user.Id);
        return notice.Link;
    }
}

/// <summary>Marks all notices of the signed-in person as read (全部已读).</summary>
[ForSignedIn]
public sealed record MarkAllNoticesRead : ICommand;

internal sealed class MarkAllNoticesReadHandler(PortalDbContext db, ICurrentUser user, UnreadCounts counts, TimeProvider clock) : IRequestHandler<MarkAllNoticesRead, Unit>
{
    public async Task<Unit> Handle(MarkAllNoticesRead request, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await db.Notices.Where(n => n.RecipientId == user.Id && n.ReadAt == null)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, now), ct);
        counts.Forget(user.Id);
        return Unit.Value;
    }
}
