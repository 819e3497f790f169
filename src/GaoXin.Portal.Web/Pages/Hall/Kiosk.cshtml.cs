using GaoXin.Portal.Appointments;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>取号: on a kiosk, or on a phone that scanned its code. Elsewhere it only says where to go.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Hall)]
public sealed class KioskModel(TimeProvider clock) : PortalPage
{
    private IReadOnlyDictionary<string, ZoneOpening> _openings = new Dictionary<string, ZoneOpening>();

    /// <summary>What is asked for.</summary>
    [BindProperty]
    public TakeTicket Command { get; set; } = new();

    /// <summary>业务 to choose from.</summary>
    public HallPlan Plan { get; private set; } = null!;

    /// <summary>This device stands in the hall.</summary>
    public bool InHall => Devices.IsInHall(HttpContext);

    /// <summary>The changing code; only on a kiosk.</summary>
    public PresenceCode? Code { get; private set; }

    /// <summary>A kiosk only because this is the demo.</summary>
    public bool DemoKiosk => Portal.DemoMode;

    /// <summary>An ID number with a right check character that belongs to nobody.</summary>
    public string DemoIdNumber => "110101199003070" + "07" + ResidentId.CheckCharacter("11010119900307007");

    /// <summary>Signed in with a real name: the number need not be typed.</summary>
    public bool KnowsPerson { get; private set; }

    private HallDevices Devices => HttpContext.RequestServices.GetRequiredService<HallDevices>();

    private PortalOptions Portal => HttpContext.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value;

    /// <summary>All zones: the open ones first, each part in the hall's order.</summary>
    public IEnumerable<Zone> Zones => Plan.Zones.OrderBy(z => ClosedUntil(z) is not null);

    /// <summary>That a zone is closed now, and until when; null while it is open.</summary>
    public string? ClosedUntil(Zone zone) => _openings.GetValueOrDefault(zone.Code) is { IsOpen: false } closed
        ? $"现在不开{(closed.OpensAt is { } opens ? $"，{OpeningWords.Of(opens, clock.Today())} 开" : "")}" : null;

    /// <summary>What the code on the screen opens.</summary>
    public string CheckInAddress(PresenceCode code) => $"{Portal.PublicAddress.TrimEnd('/')}/hall/check-in?code={code.Code}";

    /// <summary>Shows the form, or where to go.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>The code that shows now, for the script of the kiosk.</summary>
    public async Task<IActionResult> OnGetCodeAsync()
    {
        await LoadAsync();
        return Code is { } code ? Partial("_PresenceCode", (code, CheckInAddress(code))) : NotFound();
    }

    /// <summary>Takes a ticket and shows it.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        var fresh = InHall ? (await Send(new GetPresenceCode())).Code : null;
        var taken = await Send(Command with { PresenceCode = fresh, Phone = Devices.PhoneOf(HttpContext) });
        return RedirectToPage("Ticket", new { code = taken.Code, printed = Devices.IsKiosk(HttpContext) ? "1" : null });
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        (Plan, _openings) = (await Send(new GetZones()), await Send(new GetZoneOpenings()));
        Code = Devices.IsKiosk(HttpContext) ? await Send(new GetPresenceCode()) : null;
        KnowsPerson = User.IsCitizen() && (await Send(new GetMyProfile())).RealNameVerified;
    }
}
