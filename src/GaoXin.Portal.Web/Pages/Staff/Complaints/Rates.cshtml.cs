using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>The rates of a month; every number opens the rows behind it, and they can be taken along as a table file.</summary>
public sealed class RatesModel(TimeProvider clock) : PortalPage
{
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

    /// <summary>Those of the month before, by unit.</summary>
    public IReadOnlyDictionary<string, UnitRates> Before { get; private set; } = new Dictionary<string, UnitRates>();

    /// <summary>The rows behind a number.</summary>
    public Page<RateLine>? Rows { get; private set; }

    /// <summary>The auditor sees numbers, not complaints.</summary>
    public bool MayOpen => User.IsInRole(Roles.ComplaintClerk) || User.IsInRole(Roles.ComplaintSupervisor);

    /// <summary>How a rate changed against the month before, in percentage points; null when one of the two has nothing to count.</summary>
    public decimal? Change(UnitRates unit, ComplaintRate rate) => unit.Rates[rate].Percent - Before.GetValueOrDefault(unit.Unit ?? "")?.Rates[rate].Percent;

    /// <summary>Shows the rates, and rows when asked for.</summary>
    public async Task OnGetAsync()
    {
        var rows = await Send(new GetRateRows(FirstDay, Rate ?? ComplaintRate.Responded, Unit, Part, After));
        Rows = Rate is null ? null : rows;
        Rates = await Send(new GetComplaintRates(FirstDay));
        Before = (await Send(new GetComplaintRates(FirstDay.AddMonths(-1)))).ToDictionary(u => u.Unit ?? "");
    }

    /// <summary>导出表格: the rows, or without a rate the rates.</summary>
    public async Task<IActionResult> OnGetTableAsync() => Rate is { } rate
        ? File(await Send(new ExportRateRows(FirstDay, rate, Unit, Part)), TableFile.Type, $"complaints-{FirstDay:yyyy-MM}-{rate.Code()}.xlsx")
        : File(await Send(new ExportRates(FirstDay)), TableFile.Type, $"rates-{FirstDay:yyyy-MM}.xlsx");
}
