using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Hall;

/// <summary>叫号屏 of a zone or of the whole hall: number and window, no names, no code that is only for the hall.</summary>
[AllowAnonymous]
public sealed class DisplayModel(IOptions<PortalOptions> options) : PortalPage
{
    /// <summary>The zone's code; all when left out.</summary>
    [FromRoute(Name = "zone")]
    public string? Zone { get; set; }

    /// <summary>The screen says that it is a demo.</summary>
    public bool Demo => options.Value.DemoMode;

    /// <summary>What is shown.</summary>
    public HallDisplay Shown { get; private set; } = null!;

    /// <summary>The screen.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>The part that changes.</summary>
    public async Task<IActionResult> OnGetPartAsync()
    {
        await LoadAsync();
        return Partial("_Screen", Shown);
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Shown = await Send(new GetDisplay(Zone));
    }
}
