using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Supervision;

/// <summary>清单外要求: what officers asked for or did outside the published guides, for supervision.</summary>
public sealed class ExceptionsModel : PortalPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Code of a department, for the auditor.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    /// <summary>The exceptions, newest first.</summary>
    public Page<SupervisedException> List { get; private set; } = null!;

    /// <summary>All departments.</summary>
    public IReadOnlyList<SelectListItem> Departments { get; private set; } = [];

    /// <summary>The auditor sees all departments.</summary>
    public bool SeesAll => User.IsInRole(Roles.Auditor);

    /// <summary>The name of a department.</summary>
    public string DepartmentName(string code) => Departments.FirstOrDefault(d => d.Value == code)?.Text ?? code;

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync()
    {
        List = await Send(new GetExceptions { Department = Department, After = After });
        Departments = [.. (await Send(new GetReference(ReferenceKind.Departments))).Select(d => new SelectListItem(d.Title, d.Code))];
    }
}
