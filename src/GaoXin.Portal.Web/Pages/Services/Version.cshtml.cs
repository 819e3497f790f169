using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Printing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>A guide as it was in one version, for people whose case was filed under it.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class VersionModel(IOptions<PortalOptions> options) : PortalPage
{
    public GuideView Guide { get; private set; } = null!;

    /// <summary>Search engines keep the guide in force only.</summary>
    public string CurrentAddress => options.Value.GuideAddress(Guide.Service.Code);

    public async Task OnGetAsync(string code, int version) => Guide = await Send(new GetServiceGuide(code, version));
}
