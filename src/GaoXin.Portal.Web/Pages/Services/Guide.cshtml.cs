using GaoXin.Portal.Appointments;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Favourites;
using GaoXin.Portal.Catalogue.Printing;
using GaoXin.Portal.Catalogue.Scans;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Components;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>
/// One guide: can I, how long, how many visits, how much, what to bring — on the first screen. A cancelled item answers
/// 410 with the reason and where to go instead.
/// </summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class GuideModel(IOptions<PortalOptions> options, ICurrentUser user) : PortalPage
{
    [FromRoute(Name = "code")]
    public string Code { get; set; } = "";

    public GuideView Guide { get; private set; } = null!;

    public ServiceDefinition Service => Guide.Service;

    /// <summary>A citizen has favourites; staff and visitors have none.</summary>
    public bool MayKeep => user is { IsSignedIn: true, IsStaff: false };

    public bool Kept { get; private set; }

    /// <summary>一件事: the names of departments by code.</summary>
    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    /// <summary>There are places in the hall for it.</summary>
    public bool CanBeBooked { get; private set; }

    /// <summary>For those who look after the guides; null for everybody else.</summary>
    public ScanCount? Scans { get; private set; }

    /// <summary>The address that stays.</summary>
    public string PermanentAddress => options.Value.GuideAddress(Service.Code);

    /// <summary>What the QR code says.</summary>
    public string ScanAddress => options.Value.ScanAddress(Service.Code);

    public string StructuredData => Services.StructuredData.Of(Guide, options.Value);

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Service.Cancelled is not null)
            Response.StatusCode = StatusCodes.Status410Gone;
    }

    public Task<IActionResult> OnPostKeepAsync() => Try(async () =>
    {
        await Send(new KeepFavourite(Code));
        return Redirect($"/services/{Uri.EscapeDataString(Code)}");
    });

    public Task<IActionResult> OnPostRemoveAsync() => Try(async () =>
    {
        await Send(new RemoveFavourite(Code));
        return Redirect($"/services/{Uri.EscapeDataString(Code)}");
    });

    protected override async Task LoadAsync()
    {
        Guide = await Send(new GetServiceGuide(Code));
        if (Service.Bundle is not null)
            Departments = await Mediator.DepartmentTitles(Aborted);
        CanBeBooked = Service.Nature.Bookable && (await Send(new GetBookableServices())).Any(g => g.Services.Any(s => s.Code == Code));
        Kept = MayKeep && await Send(new IsMyFavourite(Service.Code));
        Scans = user.IsStaff && user.IsInRole(Roles.CatalogueEditor) ? await Send(new GetScansOf(Service.Code)) : null;
    }
}
