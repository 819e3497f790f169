using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using GaoXin.Portal.Web.Pages.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>工作人员登录， first factor.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel(IPortalSession session) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public SignInStaff Command { get; set; } = new();

    public IActionResult OnGet() => User.HasClaim(PortalClaims.Kind, PortalClaims.Staff) ? this.Return(ReturnUrl, "/staff") : Page();

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var outcome = await Send(Command);
        if (outcome.AccountId is not { } account)
            throw new RefusedException(outcome.Refusal!);
        await session.BeginSecondFactor(account);
        return RedirectToPage(outcome.MustReplacePassword ? "ReplacePassword" : outcome.MustEnrol ? "Authenticator" : "SignInCode", new { returnUrl = ReturnUrl });
    });
}
