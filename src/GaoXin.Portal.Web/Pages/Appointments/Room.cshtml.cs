using System.Globalization;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>The waiting room of a release. Opening the page is coming; it loads itself again when something changes.</summary>
public sealed class RoomModel(ICurrentUser user, TimeProvider clock) : PortalPage
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>The service's code.</summary>
    [BindProperty(SupportsGet = true, Name = "service")]
    public string? Service { get; set; }

    /// <summary>The release.</summary>
    [BindProperty(SupportsGet = true, Name = "release")]
    public Guid Release { get; set; }

    /// <summary>Where one stands.</summary>
    public RoomTurn Turn { get; private set; } = null!;

    /// <summary>Comes in, or looks again.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (user.IsStaff)
            return StatusCode(StatusCodes.Status403Forbidden);
        if (string.IsNullOrEmpty(Service) || Release == Guid.Empty)
            return Redirect(BookingLinks.Services);
        if (!(await Send(new GetMyProfile())).RealNameVerified)
            return Redirect(BookingLinks.RealName(BookingLinks.Room(Service, Release)));
        Turn = await Send(new EnterRoom(Release));
        if (!Turn.IsTurn)
            Response.Headers["Refresh"] = Seconds((Turn.TurnAt ?? Turn.EndsAt) - clock.GetUtcNow());
        return Page();
    }

    private static string Seconds(TimeSpan left) =>
        ((int)Math.Clamp(left.TotalSeconds + 1, 5, Longest.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
