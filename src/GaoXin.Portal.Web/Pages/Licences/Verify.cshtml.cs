using GaoXin.Portal.Licences;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Licences;

/// <summary>核验电子证照: by the code in the address, by a typed code, or by a file. Open to everybody, limited per address.</summary>
[AllowAnonymous]
[EnableRateLimiting(VerifyRateLimit.Name)]
public sealed class VerifyModel : PortalPage
{
    /// <summary>The typed code.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The file to verify.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The answer; null before anything was asked.</summary>
    public LicenceCheck? Check { get; private set; }

    /// <summary>Shows the form, or the answer for the code of the address (QR code).</summary>
    public async Task OnGetAsync(string? code)
    {
        Response.Headers.CacheControl = "no-store";
        if (code is not null)
            Check = await Send(new VerifyLicence(code));
    }

    /// <summary>Takes a typed code to its own address.</summary>
    public Task<IActionResult> OnPostAsync()
    {
        if (VerifyCode.TryParse(Code, out var code))
            return Task.FromResult<IActionResult>(LocalRedirect($"/verify/{code}"));
        ModelState.AddModelError(nameof(Code), "请填写 16 位核验码，在电子证照的二维码旁边，没有 0、1、I 和 O");
        return ShowAgain();
    }

    /// <summary>Answers for a file at once; the file is not kept.</summary>
    public Task<IActionResult> OnPostFileAsync() => Try(async () =>
    {
        await using var content = Upload?.OpenReadStream();
        Check = await Send(new VerifyLicenceFile(content));
        return Page();
    });

    /// <inheritdoc />
    protected override string FieldName(string? property) => property == nameof(VerifyLicenceFile.Content) ? nameof(Upload) : "";
}
