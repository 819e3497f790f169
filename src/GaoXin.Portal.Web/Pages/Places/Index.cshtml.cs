using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages.Places;

/// <summary>办理地点: the hall and the 便民服务中心 with what each handles, or those that handle one service.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class IndexModel : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? Service { get; set; }

    public PlaceDirectory Directory { get; private set; } = null!;

    public async Task OnGetAsync() => Directory = await Send(new GetPlaceDirectory(Service));
}
