using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>登录的设备: the open sessions of the signed-in account, citizen or staff.</summary>
[ResponseCache(NoStore = true)]
public sealed class SessionsModel(IPortalSession session) : PortalPage
{
    public IReadOnlyList<MySession> Sessions { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostEndAsync(Guid id) => Try(async () =>
    {
        await Send(new EndSession { SessionId = id });
        return RedirectToPage();
    });

    public Task<IActionResult> OnPostEndAllAsync() => Try(async () =>
    {
        await Send(new EndMySessions());
        await session.SignOut();
        return Redirect("/");
    });

    protected override async Task LoadAsync() => Sessions = await Send(new GetMySessions());
}
