using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Choice = GaoXin.Portal.Web.TagHelpers.Choice;

namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>
/// 评价: one page and one step, whichever level. Who holds the token rates, signed in or not. A used, expired, foreign or unknown token shows
/// the same page.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class RateModel : PortalPage
{
    /// <summary>评价凭证.</summary>
    [FromRoute]
    public string Token { get; set; } = "";

    /// <summary>The rating.</summary>
    [BindProperty]
    public RateService Command { get; set; } = new();

    /// <summary>What is rated; null when the token is good for nothing.</summary>
    public RatingForm? Form { get; private set; }

    /// <summary>The five levels, alike.</summary>
    public static IReadOnlyList<Choice> Levels { get; } = [.. Enum.GetValues<RatingLevel>().Select(l => new Choice(l.ToString(), l.Chinese()))];

    /// <summary>What may be ticked.</summary>
    public IReadOnlyList<Choice> Reasons => [.. Form?.Reasons.Select(r => new Choice(r.Code, r.Title)) ?? []];

    /// <summary>Who may know.</summary>
    public static IReadOnlyList<Choice> Identities { get; } =
    [
        new(nameof(RaterIdentity.Named), "实名", "处理差评的人看得到编号，回访员会打电话给您"),
        new(nameof(RaterIdentity.Anonymous), "匿名", "办理单位和窗口看不到编号，也看不到您是谁，不回访"),
    ];

    /// <summary>Shows the page.</summary>
    public Task<IActionResult> OnGetAsync() => OrGone(async () =>
    {
        await LoadAsync();
        return Page();
    });

    /// <summary>Rates.</summary>
    public Task<IActionResult> OnPostAsync() => OrGone(() => Try(async () =>
    {
        var token = await Send(Command with { Token = Token });
        TempData[FollowUpModel.ThanksKey] = "谢谢，您的评价收到了。";
        return Redirect(RatingLinks.FollowUp(token));
    }));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Form = await Send(new GetRatingForm(Token));
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
