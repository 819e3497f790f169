using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>改密码: the own password of a member of staff.</summary>
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class MyPasswordModel(IPortalSession session) : PortalPage
{
    [BindProperty]
    public ChangeMyPassword Command { get; set; } = new();

    /// <summary>Said once after the change.</summary>
    [TempData(Key = "password-changed")]
    public bool Done { get; set; }

    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        if ((await Send(Command)).Refusal is { } refusal)
            throw new RefusedException(refusal);
        await session.Refresh(Aborted);
        Done = true;
        return RedirectToPage();
    });
}
