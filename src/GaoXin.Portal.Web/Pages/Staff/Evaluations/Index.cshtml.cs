using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Evaluations;

/// <summary>The work lists of rectifications that belong to the roles of this member of staff.</summary>
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>Which list; the first of the role when left out.</summary>
    [BindProperty(SupportsGet = true)]
    public RectificationList? List { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The list.</summary>
    public RectificationDesk Desk { get; private set; } = null!;

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>Tasks and figures are theirs.</summary>
    public bool SeesFigures => User.IsInRole(Roles.UnitLiaison) || User.IsInRole(Roles.ComplaintSupervisor) || User.IsInRole(Roles.Auditor);

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync() => Desk = await Send(new GetRectifications(List, After));
}
