using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Components;

/// <summary>The way to 我的消息 in the header, with the number of unread notices. Silent for visitors.</summary>
public sealed class UnreadNoticesViewComponent(IMediator mediator, ICurrentUser user) : ViewComponent
{
    /// <summary>The link, or nothing.</summary>
    public async Task<IViewComponentResult> InvokeAsync() => user.IsSignedIn
        ? View<int>("Default", await mediator.Send(new CountUnreadNotices(), HttpContext.RequestAborted))
        : Content("");
}
