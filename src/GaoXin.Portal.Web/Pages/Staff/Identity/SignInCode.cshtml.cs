using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using GaoXin.Portal.Web.Pages.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>工作人员登录， second factor.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInCodeModel(IPortalSession session) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string Code { get; set; } = "";

    public async Task<IActionResult> OnGetAsync() =>
        await session.PendingSecondFactor() is null ? RedirectToPage("SignIn", new { returnUrl = ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync() => await session.PendingSecondFactor() is { } account
        ? await Try(() => Confirm(account))
        : RedirectToPage("SignIn", new { returnUrl = ReturnUrl });

    private async Task<IActionResult> Confirm(Guid pending)
    {
        var outcome = await Send(new ConfirmStaffCode { AccountId = pending, Code = Code ?? "" });
        if (outcome.AccountId is not { } account)
            throw new RefusedException(outcome.Refusal!);
        await session.SignIn(account, Aborted);
        return this.Return(ReturnUrl, "/staff");
    }
}
