using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>我的诉求, newest first.</summary>
public sealed class MineModel : PortalPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The list.</summary>
    public Page<MyComplaint> Complaints { get; private set; } = null!;

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync() => Complaints = await Send(new GetMyComplaints(After));
}
