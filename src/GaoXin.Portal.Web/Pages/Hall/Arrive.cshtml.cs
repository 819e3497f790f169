using GaoXin.Portal.Hall;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>预约签到, on a kiosk or on a phone that scanned its code.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Hall)]
public sealed class ArriveModel : PortalPage
{
    /// <summary>Who came, and for which appointment.</summary>
    [BindProperty]
    public CheckInAppointment Command { get; set; } = new();

    /// <summary>This device stands in the hall.</summary>
    public bool InHall => Devices.IsInHall(HttpContext);

    /// <summary>A phone in the hall: nobody looks at a card.</summary>
    public bool OnPhone => Devices.PhoneOf(HttpContext) is not null;

    /// <summary>Signed in with a real name: the number need not be typed.</summary>
    public bool KnowsPerson { get; private set; }

    private HallDevices Devices => HttpContext.RequestServices.GetRequiredService<HallDevices>();

    /// <summary>The form.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Checks in and shows the ticket.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var fresh = InHall ? (await Send(new GetPresenceCode())).Code : null;
        var taken = await Send(Command with { PresenceCode = fresh, OnPhone = OnPhone });
        return RedirectToPage("Ticket", new { code = taken.Code, printed = Devices.IsKiosk(HttpContext) ? "1" : null });
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        KnowsPerson = User.IsCitizen() && (await Send(new GetMyProfile())).RealNameVerified;
    }
}
