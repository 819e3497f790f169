using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Notifications;

/// <summary>The signed-in person's notices (我的消息), newest first, 20 a page.</summary>
/// <param name="After">The cursor of the page before; an unreadable one starts again.</param>
[ForSignedIn]
public sealed record GetMyNotices(string? After = null) : IQuery<Page<MyNotice>>;

/// <summary>One notice as its owner sees it.</summary>
public sealed record MyNotice(Guid Id, string Title, string Text, bool HasLink, DateTimeOffset CreatedAt, bool IsRead);

internal sealed class GetMyNoticesHandler(PortalDbContext db, ICurrentUser user) : IRequestHandler<GetMyNotices, Page<MyNotice>>
{
    private const int PageSize = 20;

    public async Task<Page<MyNotice>> Handle(GetMyNotices request, CancellationToken ct)
    {
        var mine = db.Notices.Where(n => n.RecipientId == user.Id);
        if (Guid.TryParseExact(request.After, "N", out var after))
            mine = mine.Where(n => n.Id < after);
        var items = await mine.OrderByDescending(n => n.Id).Take(PageSize + 1)
            .Select(n => new MyNotice(n.Id, n.Title, n.Text, n.Link != null, n.CreatedAt, n.ReadAt != null))
            .ToListAsync(ct);
        return items.Count <= PageSize
            ? new Page<MyNotice>(items, null)
            : new Page<MyNotice>(items[..PageSize], items[PageSize - 1].Id.ToString("N"));
    }
}

/// <summary>How many notices the signed-in person has not opened (未读), for the header; 99 at most.</summary>
[ForSignedIn]
public sealed record CountUnreadNotices : IQuery<int>;

internal sealed class CountUnreadNoticesHandler(PortalDbContext db, ICurrentUser user, UnreadCounts counts) : IRequestHandler<CountUnreadNotices, int>
{
    private const int Most = 99;

    public Task<int> Handle(CountUnreadNotices request, CancellationToken ct) =>
        counts.Of(user.Id, () => db.Notices.Where(n => n.RecipientId == user.Id && n.ReadAt == null).Take(Most).CountAsync(ct));
}
