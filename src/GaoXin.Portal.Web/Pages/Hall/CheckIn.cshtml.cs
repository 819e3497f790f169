using GaoXin.Portal.Hall;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>Where the code on a kiosk leads: a fresh one opens the line to this phone for a quarter of an hour.</summary>
[AllowAnonymous]
[EnableRateLimiting(VerifyRateLimit.Name)]
public sealed class CheckInModel : PortalPage
{
    /// <summary>As scanned or typed.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>A scanned code, or the form.</summary>
    public async Task<IActionResult> OnGetAsync(string? code)
    {
        Response.Headers.CacheControl = "no-store";
        return code is not null && await Send(new CheckPresenceCode(code)) ? LetIn() : Page();
    }

    /// <summary>A typed code.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await Send(new CheckPresenceCode(Code)))
            return LetIn();
        ModelState.AddModelError(nameof(Code), "这个码已经变了，或者填错了。请看屏幕上现在的码");
        return await ShowAgain();
    }

    private RedirectToPageResult LetIn()
    {
        HttpContext.RequestServices.GetRequiredService<HallDevices>().LetIn(HttpContext);
        return RedirectToPage("Kiosk");
    }
}
