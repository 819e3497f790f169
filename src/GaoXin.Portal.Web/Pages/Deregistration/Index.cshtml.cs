using GaoXin.Portal.Kernel;
using GaoXin.Portal.Registration.Procedures;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Deregistration;

/// <summary>简易注销公告: all notices, the newest first, to be found by name or credit code.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class IndexModel : PortalPage
{
    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The notices.</summary>
    public Page<DeregistrationNoticeSummary> Notices { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync() => Notices = await Send(new GetDeregistrationNotices(Q, After));
}
