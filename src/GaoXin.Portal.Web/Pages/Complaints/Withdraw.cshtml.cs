using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>撤回 with the citizen's own code. The form tells nothing about the complaint, so that it can be the same for every number.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class WithdrawModel : PortalPage
{
    /// <summary>诉求编号.</summary>
    [FromRoute]
    public string Number { get; set; } = "";

    /// <summary>Code and reason.</summary>
    [BindProperty]
    public WithdrawComplaint Command { get; set; } = new();

    /// <summary>Asks.</summary>
    public void OnGet()
    {
    }

    /// <summary>Withdraws.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var outcome = await Send(Command with { Number = Number });
        if (outcome.Refusal is { } refusal)
            throw new RefusedException(refusal);
        TempData["complaint-done"] = "已撤回。谢谢您告诉我们。";
        return Redirect(ComplaintLinks.Track(ComplaintNumber.Normalise(Number) ?? Number));
    });
}
