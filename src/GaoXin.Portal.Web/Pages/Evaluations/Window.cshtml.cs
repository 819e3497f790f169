using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>Where the printed QR code of a window leads: the ticket says which visit is rated.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class WindowModel : PortalPage
{
    /// <summary>窗口.</summary>
    [FromRoute(Name = "number")]
    public int Window { get; set; }

    /// <summary>Number and 评价码.</summary>
    [BindProperty]
    public InviteAtWindow Command { get; set; } = new();

    /// <summary>The zone of the window.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>The form.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Leads to the rating, or answers alike for unknown and wrong.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var outcome = await Send(Command);
        return outcome.Token is { } token ? Redirect(RatingLinks.Rate(token)) : throw new RefusedException(outcome.Refusal!);
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        var zone = (await Send(new GetZones())).Zones.FirstOrDefault(z => z.Windows.Any(w => w.Number == Window)) ?? throw new NotFoundException("window");
        Zone = $"{zone.Number} 区 {zone.Title}";
    }
}
