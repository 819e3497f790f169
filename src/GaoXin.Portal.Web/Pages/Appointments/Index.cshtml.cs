using GaoXin.Portal.Appointments;
using Microsoft.AspNetCore.Authorization;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>Booking, step 1: which service.</summary>
[AllowAnonymous]
public sealed class ServicesModel : PortalPage
{
    /// <summary>What can be booked.</summary>
    public IReadOnlyList<BookableGroup> Groups { get; private set; } = [];

    /// <summary>Places left on the next day.</summary>
    public PlacesTomorrow Tomorrow { get; private set; } = null!;

    /// <summary>Shows the choice.</summary>
    public async Task OnGetAsync() => (Groups, Tomorrow) = (await Send(new GetBookableServices()), await Send(new GetPlacesTomorrow()));
}
