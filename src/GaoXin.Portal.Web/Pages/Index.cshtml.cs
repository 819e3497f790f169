using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages;

/// <summary>首页: what do you want to do today? Reads memory only, so that it opens even when the database is down.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class IndexModel : PortalPage
{
    /// <summary>大家在搜.</summary>
    public HotSearches Hot { get; private set; } = new([], false);

    /// <summary>按人生和经营阶段找.</summary>
    public LifeEvents LifeEvents { get; private set; } = new([], 0, 0);

    /// <summary>一件事.</summary>
    public IReadOnlyList<BundleLine> Bundles { get; private set; } = [];

    public async Task OnGetAsync() =>
        (Hot, LifeEvents, Bundles) = (await Send(new GetHotWords()), await Send(new GetLifeEvents()), await Send(new GetBundles()));
}
