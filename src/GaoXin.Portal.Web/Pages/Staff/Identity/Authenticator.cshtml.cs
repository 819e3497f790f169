using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using GaoXin.Portal.Web.Pages.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Staff.Identity;

/// <summary>绑定身份验证器: staff set it up at the first sign-in; the first right code signs them in.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
[ResponseCache(NoStore = true)]
public sealed class AuthenticatorModel(IPortalSession session) : PortalPage
{
    private Guid _account;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string Code { get; set; } = "";

    public AuthenticatorOffer Offer { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => ForPending(async () =>
    {
        await LoadAsync();
        return Page();
    });

    public Task<IActionResult> OnPostAsync() => ForPending(() => Try(Confirm));

    protected override async Task LoadAsync() => Offer = await Send(new OfferAuthenticator { AccountId = _account });

    private async Task<IActionResult> ForPending(Func<Task<IActionResult>> act)
    {
        if (await session.PendingSecondFactor() is not { } account)
            return RedirectToPage("SignIn", new { returnUrl = ReturnUrl });
        _account = account;
        return await act();
    }

    private async Task<IActionResult> Confirm()
    {
        var outcome = await Send(new ConfirmStaffCode { AccountId = _account, Code = Code ?? "" });
        if (outcome.AccountId is not { } account)
            throw new RefusedException(outcome.Refusal!);
        await session.SignIn(account, Aborted);
        return this.Return(ReturnUrl, "/staff");
    }
}
