using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>追评: thanks after a rating, what became of it, and one more text.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class FollowUpModel : PortalPage
{
    /// <summary>Where the thanks wait to be shown once.</summary>
    public const string ThanksKey = "rating-thanks";

    /// <summary>追评凭证.</summary>
    [FromRoute]
    public string Token { get; set; } = "";

    /// <summary>The text.</summary>
    [BindProperty]
    public AddFollowUp Command { get; set; } = new();

    /// <summary>Shown once.</summary>
    public string? Thanks { get; private set; }

    /// <summary>The own rating; null when the token is good for nothing.</summary>
    public FollowUpForm? Form { get; private set; }

    /// <summary>Shows the page.</summary>
    public Task<IActionResult> OnGetAsync() => OrGone(async () =>
    {
        await LoadAsync();
        Thanks = TempData[ThanksKey] as string;
        return Page();
    });

    /// <summary>Adds the text.</summary>
    public Task<IActionResult> OnPostAsync() => OrGone(() => Try(async () =>
    {
        await Send(Command with { Token = Token });
        TempData[ThanksKey] = "追评收到了，谢谢。";
        return Redirect(RatingLinks.Home);
    }));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Form = await Send(new GetFollowUpForm(Token));
    }

    private async Task<IActionResult> OrGone(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (NotFoundException)
        {
            Form = null;
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }
    }
}
