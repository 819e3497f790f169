using GaoXin.Portal.Enterprise;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Enterprise;

/// <summary>问题台账: the eight categories with their rates; every number opens its rows, each with a person and a day.</summary>
public sealed class ProblemsModel(TimeProvider clock) : PortalPage
{
    private const int First = 2020;

    /// <summary>The year; this one when left out.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Which number's rows.</summary>
    [BindProperty(SupportsGet = true)]
    public ProblemPart? Part { get; set; }

    /// <summary>Of which category.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The shown year.</summary>
    public int Shown => Year is { } year && year >= First && year <= clock.Today().Year ? year : clock.Today().Year;

    /// <summary>The rates.</summary>
    public ProblemReport Report { get; private set; } = null!;

    /// <summary>The rows behind a number.</summary>
    public Page<ProblemLine>? Rows { get; private set; }

    /// <summary>The address of the rows behind a number.</summary>
    public string Link(ProblemRates rates, ProblemPart part) => $"/staff/enterprises/problems?year={Shown}&part={part}{(rates.Category is null ? "" : $"&category={rates.Category}")}#rows";

    /// <summary>Shows the rates, and rows when asked for.</summary>
    public async Task OnGetAsync()
    {
        Report = await Send(new GetProblemRates(Shown));
        if (Part is { } part)
            Rows = await Send(new GetProblemRows(Shown, part, string.IsNullOrEmpty(Category) ? null : Category, After));
    }
}
