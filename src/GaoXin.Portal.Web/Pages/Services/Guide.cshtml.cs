using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>One guide: can I, how long, how many visits, how much, what to bring — on the first screen.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class GuideModel(IOptions<PortalOptions> options) : PortalPage
{
    public GuideView Guide { get; private set; } = null!;

    public ServiceDefinition Service => Guide.Service;

    /// <summary>The address that stays, for the QR code.</summary>
    public string PermanentAddress => $"{options.Value.PublicAddress.TrimEnd('/')}/services/{Service.Code}";

    public string Duration => TimeWords.Promise(Service.Clock);

    public string Visits => Service.Guide.Visits == 0 ? "不用跑" : $"{Service.Guide.Visits} 次";

    public string Audiences => string.Join("、", Service.Audiences.Select(a => a.Chinese()));

    public async Task OnGetAsync(string code) => Guide = await Send(new GetServiceGuide(code));
}
