using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>统一身份认证: leads to the provider, when one is configured. A link and no form: the content policy lets forms go to this site only.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class ProviderModel(IOptions<ProviderOptions> provider) : PortalPage
{
    public IActionResult OnGet(string? returnUrl) => !provider.Value.IsConfigured ? NotFound()
        : User.Identity?.IsAuthenticated == true ? this.Return(returnUrl)
        : Challenge(new AuthenticationProperties { RedirectUri = this.Local(returnUrl) }, ProviderSignIn.Scheme);
}
