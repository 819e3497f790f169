using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>登录， second step: the code from the SMS.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInCodeModel(IPortalSession session) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string Code { get; set; } = "";

    public string MaskedPhone => MobileNumber.TryParse(Phone, out var phone) ? phone.Masked : "";

    private string? Phone => TempData.Peek(SignInModel.PhoneKey) as string;

    public IActionResult OnGet() => Phone is null ? RedirectToPage("SignIn", new { returnUrl = ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync() =>
        Phone is not { } phone ? RedirectToPage("SignIn", new { returnUrl = ReturnUrl }) : await Try(() => SignIn(phone));

    private async Task<IActionResult> SignIn(string phone)
    {
        var outcome = await Send(new SignInWithCode { Phone = phone, Code = Code ?? "" });
        if (outcome.AccountId is not { } account)
            throw new RefusedException(outcome.Refusal!);
        TempData.Remove(SignInModel.PhoneKey);
        await session.SignIn(account, Aborted);
        return User.HasClaim(c => c.Type == PortalClaims.Verified)
            ? this.Return(ReturnUrl)
            : RedirectToPage("RealName", new { returnUrl = ReturnUrl });
    }
}
