using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Web.Hosting;
using GaoXin.Portal.Web.Pages.Complaints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>Makes the token for who comes from an own page, and leads on with it. It is in nobody else's hands and stored nowhere.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Public)]
public sealed class StartModel : PortalPage
{
    /// <summary>There is nothing to see here.</summary>
    public IActionResult OnGet() => Redirect(RatingLinks.Mine);

    /// <summary>From 我的评价 or the own case.</summary>
    public Task<IActionResult> OnPostMineAsync(Guid eventId, InvitationPurpose purpose) => Try(async () =>
    {
        var token = await Send(new InviteMyself(eventId, purpose));
        return Redirect(purpose == InvitationPurpose.Rate ? RatingLinks.Rate(token) : RatingLinks.FollowUp(token));
    });

    /// <summary>From the own complaint.</summary>
    public Task<IActionResult> OnPostComplaintAsync(string? number) =>
        Try(async () => Redirect(RatingLinks.Rate(await Send(new InviteByComplaint(number ?? "", ComplaintPass.Read(HttpContext))))));

    /// <summary>From the page of a ticket.</summary>
    public Task<IActionResult> OnPostTicketAsync(string? code) => Try(async () => Redirect(RatingLinks.Rate(await Send(new InviteByTicket(code)))));
}
