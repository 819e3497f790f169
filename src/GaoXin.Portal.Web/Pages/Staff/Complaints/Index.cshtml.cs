using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>The work lists of complaints that belong to the roles of this member of staff.</summary>
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>Which list; the first of the role when left out.</summary>
    [BindProperty(SupportsGet = true)]
    public ComplaintList? List { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The list.</summary>
    public ComplaintDeskList Desk { get; private set; } = null!;

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync() => Desk = await Send(new GetComplaintDesk(List, After));
}
