using GaoXin.Portal.Identity;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>换成自己的密码: staff with a one-time password, between the first factor and the authenticator.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class ReplacePasswordModel(IPortalSession session) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync() => await session.PendingSecondFactor() is null ? Back() : Page();

    public async Task<IActionResult> OnPostAsync() => await session.PendingSecondFactor() is not { } account ? Back() : await Try(async () =>
    {
        await Send(new ReplaceOneTimePassword { AccountId = account, Password = Password ?? "" });
        return RedirectToPage("Authenticator", new { returnUrl = ReturnUrl });
    });

    private RedirectToPageResult Back() => RedirectToPage("SignIn", new { returnUrl = ReturnUrl });
}
