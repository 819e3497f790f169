using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Pages.Staff.Work;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Bundles;

/// <summary>一件事预警: which departments' parts of a bundle are due soon or overdue.</summary>
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>The choices of how far ahead, in working days.</summary>
    public static readonly IReadOnlyList<(int Days, string Words)> Choices = [(0, "今天和超期"), (2, "2 个工作日内"), (5, "5 个工作日内")];

    /// <summary>Working days ahead.</summary>
    [BindProperty(SupportsGet = true)]
    public int Within { get; set; } = 2;

    /// <summary>Code of a department.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>What is due.</summary>
    public Page<MemberWarning> List { get; private set; } = null!;

    /// <summary>All departments.</summary>
    public IReadOnlyList<SelectListItem> Departments { get; private set; } = [];

    /// <summary>The working days, for the time left.</summary>
    public WorkingCalendar Calendar { get; private set; } = null!;

    /// <summary>Sees every department, else the own one.</summary>
    public bool SeesAll => User.IsInRole(Roles.HallManager) || User.IsInRole(Roles.Auditor);

    /// <summary>Opens cases of the own department.</summary>
    public bool OpensCases => User.IsInRole(Roles.SeniorOfficer);

    /// <summary>The light of a line.</summary>
    public CaseLight LightOf(MemberWarning line) => CaseLight.Of(line.DueOn, clock.Today(), Calendar);

    /// <summary>The name of a department.</summary>
    public string DepartmentName(string code) => Departments.FirstOrDefault(d => d.Value == code)?.Text ?? code;

    /// <summary>Shows the list.</summary>
    public Task<IActionResult> OnGetAsync() => Try(async () =>
    {
        await LoadAsync();
        return Page();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        List = await Send(new GetMemberWarnings { Within = Choices.Any(c => c.Days == Within) ? Within : 2, Department = Department, After = After });
        Calendar = await Send(new GetWorkingCalendar());
        Departments = [.. (await Send(new GetReference(ReferenceKind.Departments))).Select(d => new SelectListItem(d.Title, d.Code))];
    }
}
