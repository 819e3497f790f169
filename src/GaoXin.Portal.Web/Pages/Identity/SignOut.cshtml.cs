using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>退出， by POST only, so that no picture on another site can sign a person out.</summary>
[AllowAnonymous]
public sealed class SignOutModel(IPortalSession session) : PortalPage
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await session.SignOut();
        return Redirect("/");
    }
}
