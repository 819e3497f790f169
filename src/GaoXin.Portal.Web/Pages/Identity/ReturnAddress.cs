using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>Where a person goes after signing in: only to this site.</summary>
internal static class ReturnAddress
{
    /// <summary>The address when it is local, else the fallback.</summary>
    public static string Local(this PageModel page, string? returnUrl, string fallback = "/") =>
        page.Url.IsLocalUrl(returnUrl) ? returnUrl! : fallback;

    /// <summary>Goes there.</summary>
    public static IActionResult Return(this PageModel page, string? returnUrl, string fallback = "/") =>
        page.LocalRedirect(page.Local(returnUrl, fallback));
}
