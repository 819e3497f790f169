using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>督办看板: every number opens the complaints behind it, and what is shown can be taken along as a table file.</summary>
public sealed class BoardModel(TimeProvider clock) : PortalPage
{
    /// <summary>Which number's rows.</summary>
    [BindProperty(SupportsGet = true)]
    public SupervisedAs? As { get; set; }

    /// <summary>Of which unit: none for all, <c>-</c> for what has none yet.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Unit { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The board; all units first.</summary>
    public IReadOnlyList<SupervisedUnit> Board { get; private set; } = [];

    /// <summary>The rows behind a number.</summary>
    public Page<SupervisedRow>? Rows { get; private set; }

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>A leader sees numbers and lines; the complaint itself is for who works on it.</summary>
    public bool MayOpen => User.IsInRole(Roles.ComplaintSupervisor);

    /// <summary>The title of the chosen unit.</summary>
    public string UnitTitle => Board.FirstOrDefault(u => u.Unit == Chosen)?.Title ?? "";

    private string? Chosen => Unit switch { null or "" => null, "-" => "", var code => code };

    /// <summary>The address of the rows behind a number.</summary>
    public static string Link(SupervisedUnit unit, SupervisedAs which) =>
        $"/staff/supervision/board?as={which}{(unit.Unit is null ? "" : $"&unit={(unit.Unit.Length == 0 ? "-" : unit.Unit)}")}#rows";

    /// <summary>Shows the board, and rows when asked for.</summary>
    public async Task OnGetAsync()
    {
        Board = await Send(new GetSupervisionBoard());
        if (As is { } chosen)
            Rows = await Send(new GetSupervisedRows(chosen, Chosen, After));
    }

    /// <summary>导出表格.</summary>
    public async Task<IActionResult> OnGetTableAsync() =>
        File(await Send(new ExportSupervision(As, Chosen)), TableFile.Type, $"supervision-{Now:yyyy-MM-dd}{(As is { } chosen ? $"-{chosen.Code()}" : "")}.xlsx");
}
