using GaoXin.Portal.Registration.Procedures;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Deregistration;

/// <summary>One notice of simple deregistration; who acts for the company also reads why somebody objected.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class DetailsModel : PortalPage
{
    /// <summary>The notice.</summary>
    public DeregistrationNoticeView View { get; private set; } = null!;

    /// <summary>True right after an objection.</summary>
    [FromQuery(Name = "sent")]
    public bool Sent { get; set; }

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync(Guid id) => View = await Send(new GetDeregistrationNotice(id));
}
