using GaoXin.Portal.Identity;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>登录， first step: the phone. The number travels to the second step in a protected cookie, not in the address.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel : PortalPage
{
    internal const string PhoneKey = "sign-in.phone";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public RequestSignInCode Command { get; set; } = new();

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? this.Return(ReturnUrl) : Page();

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command);
        TempData[PhoneKey] = Command.Phone;
        return RedirectToPage("SignInCode", new { returnUrl = ReturnUrl });
    });
}
