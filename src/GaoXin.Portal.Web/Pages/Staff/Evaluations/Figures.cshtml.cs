using GaoXin.Portal.Evaluation.Figures;
using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Evaluations;

/// <summary>The exact figures of a month; every number opens the rows behind it, and they can be taken along as a table file.</summary>
public sealed class FiguresModel(TimeProvider clock) : PortalPage
{
    /// <summary>The month, yyyy-MM.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    /// <summary>Which figure's rows.</summary>
    [BindProperty(SupportsGet = true)]
    public EvaluationFigure? Figure { get; set; }

    /// <summary>Of which unit.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly FirstDay => Pages.Complaints.OutcomesModel.MonthOf(Month, clock);

    /// <summary>The figures.</summary>
    public IReadOnlyList<UnitFigures> Units { get; private set; } = [];

    /// <summary>The rows behind a number.</summary>
    public Page<FigureLine>? Rows { get; private set; }

    private string? Asked => string.IsNullOrEmpty(Unit) ? null : Unit;

    /// <summary>Shows the figures, and rows when asked for.</summary>
    public async Task OnGetAsync()
    {
        Units = await Send(new GetExactFigures(FirstDay));
        if (Figure is { } figure)
            Rows = await Send(new GetFigureRows(FirstDay, figure, Asked, After));
    }

    /// <summary>导出表格.</summary>
    public async Task<IActionResult> OnGetTableAsync() =>
        File(await Send(new ExportFigureRows(FirstDay, Figure ?? EvaluationFigure.Rated, Asked)), TableFile.Type, $"evaluations-{FirstDay:yyyy-MM}-{Figure ?? EvaluationFigure.Rated}.xlsx");
}
