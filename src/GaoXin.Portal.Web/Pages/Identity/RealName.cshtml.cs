using GaoXin.Portal.Identity;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>实名认证.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class RealNameModel(IPortalSession session) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public VerifyRealName Command { get; set; } = new();

    public MyProfile Profile { get; private set; } = null!;

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command);
        await session.Refresh(Aborted);
        return this.Return(ReturnUrl, "/real-name");
    });

    protected override async Task LoadAsync() => Profile = await Send(new GetMyProfile());
}
