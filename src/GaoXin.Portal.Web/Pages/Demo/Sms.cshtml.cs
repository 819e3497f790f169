using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Authorization;

namespace GaoXin.Portal.Web.Pages.Demo;

/// <summary>What the simulators of demo mode "sent". Not there outside demo mode.</summary>
[AllowAnonymous]
public sealed class SmsModel : PortalPage
{
    public IReadOnlyList<DemoMessageShown> Messages { get; private set; } = [];

    public IReadOnlyList<DemoStaffCode> StaffCodes { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Messages = await Send(new GetDemoMessages());
        StaffCodes = await Send(new GetDemoStaffCodes());
    }
}
