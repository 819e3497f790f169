using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>Number and the last four digits of the telephone: the way to a complaint without signing in.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class LookUpModel : PortalPage
{
    /// <summary>Number and proof.</summary>
    [BindProperty]
    public LookUpComplaint Command { get; set; } = new();

    /// <summary>The form; a number comes along from the tracking page.</summary>
    public void OnGet(string? number) => Command = new LookUpComplaint { Number = ComplaintNumber.Display(ComplaintNumber.Normalise(number)) };

    /// <summary>Opens the complaint, or answers alike for unknown and wrong.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var outcome = await Send(Command);
        if (outcome.Pass is not { } pass)
            throw new RefusedException(outcome.Refusal!);
        ComplaintPass.Keep(HttpContext, pass);
        return Redirect(ComplaintLinks.Track(ComplaintNumber.Normalise(Command.Number)!));
    });
}
