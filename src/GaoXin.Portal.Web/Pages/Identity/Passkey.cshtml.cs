using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>用指纹或刷脸登录, for citizens and staff: passkey.js asks for the options and sends what the device answered.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class PasskeyModel(IPortalSession session) : PortalPage
{
    [BindProperty]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    public IActionResult OnGet() => RedirectToPage("SignIn");

    public async Task<IActionResult> OnPostOptionsAsync() => Content(await Send(new OfferPasskeySignIn()), "application/json");

    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var outcome = await Send(new SignInWithPasskey { Credential = Credential ?? "" });
        if (outcome.AccountId is not { } account)
            throw new RefusedException(outcome.Refusal!);
        await session.SignIn(account, Aborted);
        return this.Return(ReturnUrl, User.HasClaim(PortalClaims.Kind, PortalClaims.Staff) ? "/staff" : "/");
    });
}
