using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Evaluation.Figures;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>服务评价公开: the figures of a month by unit, of one unit by item and window, and public words. The last month that is over is shown first.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>The month, yyyy-MM.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    /// <summary>One unit.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Where the page of comments before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Shown once, after a 追评.</summary>
    public string? Thanks { get; private set; }

    /// <summary>The figures.</summary>
    public PublishedFigures Figures { get; private set; } = null!;

    /// <summary>Public words.</summary>
    public Page<PublicRating> Comments { get; private set; } = null!;

    /// <summary>The month after, unless it has not begun.</summary>
    public DateOnly? Next => Figures.Month.AddMonths(1) is var next && next <= clock.Today() ? next : null;

    private DateOnly FirstDay => string.IsNullOrEmpty(Month)
        ? Complaints.OutcomesModel.MonthOf(null, clock).AddMonths(-1)
        : Complaints.OutcomesModel.MonthOf(Month, clock);

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync()
    {
        Thanks = TempData[FollowUpModel.ThanksKey] as string;
        Unit = string.IsNullOrEmpty(Unit) ? null : Unit;
        Figures = await Send(new GetPublishedFigures(FirstDay, Unit));
        Comments = await Send(new GetPublicComments(After));
    }

    /// <summary>下载表格, as shown.</summary>
    public async Task<IActionResult> OnGetTableAsync() =>
        File(await Send(new ExportPublishedFigures(FirstDay, string.IsNullOrEmpty(Unit) ? null : Unit)), TableFile.Type, $"evaluations-{FirstDay:yyyy-MM}.xlsx");
}
