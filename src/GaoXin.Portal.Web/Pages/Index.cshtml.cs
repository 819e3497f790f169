using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages;

/// <summary>首页: what do you want to do today? Reads nothing, so that it opens even when the database is down.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class IndexModel : PortalPage;
