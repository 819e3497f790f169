using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Authorization;

namespace GaoXin.Portal.Web.Pages.Demo;

/// <summary>Who there is to sign in as and to name in a form. Not there outside demo mode.</summary>
[AllowAnonymous]
public sealed class PeopleModel : PortalPage
{
    public IReadOnlyList<DemoPersonShown> People { get; private set; } = [];

    public async Task OnGetAsync() => People = await Send(new GetDemoPeople());
}
