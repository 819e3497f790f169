using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>The rates of a month; every number opens the rows behind it, and they can be taken along as a table file.</summary>
public sealed class RatesModel(TimeProvider clock) : PortalPage
{
    private const string TableType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The month, yyyy-MM.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    /// <summary>Which rate's rows.</summary>
    [BindProperty(SupportsGet = true)]
    public ComplaintRate? Rate { get; set; }

    /// <summary>Of which unit.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Which part of the rate.</summary>
    [BindProperty(SupportsGet = true)]
    public RatePart? Part { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly FirstDay => Pages.Complaints.OutcomesModel.MonthOf(Month, clock);

    /// <summary>The rates.</summary>
    public IReadOnlyList<UnitRates> Rates { get; private set; } = [];

    /// <summary>The rows behind a number.</summary>
    public Page<RateLine>? Rows { get; private set; }

    /// <summary>The auditor sees numbers, not complaints.</summary>
    public bool MayOpen => User.IsInRole(Roles.ComplaintClerk) || User.IsInRole(Roles.ComplaintSupervisor);

    /// <summary>Shows the rates, and rows when asked for.</summary>
    public async Task OnGetAsync()
    {
        Rows = await Send(new GetRateRows(FirstDay, Rate ?? ComplaintRate.Responded, Unit, Part, After));
        if (Rate is null)
            Rows = null;
        Rates = await Send(new GetComplaintRates(FirstDay));
    }

    /// <summary>导出表格.</summary>
    public async Task<IActionResult> OnGetTableAsync() =>
        File(await Send(new ExportRateRows(FirstDay, Rate ?? ComplaintRate.Responded, Unit, Part)), TableType, $"complaints-{FirstDay:yyyy-MM}-{Rate ?? ComplaintRate.Responded}.xlsx");
}
