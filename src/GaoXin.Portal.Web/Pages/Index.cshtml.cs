using Microsoft.AspNetCore.Authorization;

namespace GaoXin.Portal.Web.Pages;

/// <summary>首页: what do you want to do today? Reads nothing, so that it opens even when the database is down.</summary>
[AllowAnonymous]
public sealed class IndexModel : PortalPage;
