using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Notices;

/// <summary>我的消息: what the portal told the signed-in person, newest first.</summary>
[Authorize]
public sealed class IndexModel : PortalPage
{
    /// <summary>The cursor of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The notices of this page.</summary>
    public Page<MyNotice> Shown { get; private set; } = new([], null);

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Marks one notice as read and goes where it leads.</summary>
    public Task<IActionResult> OnPostOpenAsync(Guid id) =>
        Try(async () => LocalRedirect(await Send(new MarkNoticeRead(id)) ?? "/notices"));

    /// <summary>Marks everything as read.</summary>
    public Task<IActionResult> OnPostReadAllAsync() => Try(async () =>
    {
        await Send(new MarkAllNoticesRead());
        return RedirectToPage();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Shown = await Send(new GetMyNotices(After));
}
