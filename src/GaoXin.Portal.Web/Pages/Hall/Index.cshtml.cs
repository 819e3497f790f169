using GaoXin.Portal.Appointments;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>大厅现在, for everybody. The core keeps the moment for a second; nothing is stored by browsers.</summary>
[AllowAnonymous]
public sealed class IndexModel : PortalPage
{
    /// <summary>The hall.</summary>
    public HallNow Now { get; private set; } = null!;

    /// <summary>Places of the next day the hall is open.</summary>
    public PlacesTomorrow Tomorrow { get; private set; } = null!;

    /// <summary>Shows the hall and the places of the next day.</summary>
    public async Task OnGetAsync()
    {
        await LoadAsync();
        Tomorrow = await Send(new GetPlacesTomorrow());
    }

    /// <summary>The part that a script fetches again.</summary>
    public async Task<IActionResult> OnGetPartAsync()
    {
        await LoadAsync();
        return Partial("_Now", Now);
    }

    /// <summary>The busiest zones, for the home page.</summary>
    public async Task<IActionResult> OnGetBriefAsync()
    {
        await LoadAsync();
        return Partial("_Brief", Now);
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Now = await Send(new GetHallNow());
    }
}
