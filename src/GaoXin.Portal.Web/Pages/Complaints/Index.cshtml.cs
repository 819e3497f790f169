using Microsoft.AspNetCore.Authorization;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>诉求反映: where to say something, and where to see how it goes.</summary>
[AllowAnonymous]
public sealed class IndexModel : PortalPage;
