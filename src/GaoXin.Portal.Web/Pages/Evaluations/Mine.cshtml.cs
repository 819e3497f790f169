using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>我的评价: what can be rated, what was rated and what became of it.</summary>
public sealed class MineModel : PortalPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The list.</summary>
    public Page<MyRating> Ratings { get; private set; } = null!;

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Ratings = await Send(new GetMyRatings(After));
    }
}
