using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.Components;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>What every page of the 综窗 knows: the halls and departments by name.</summary>
public abstract class CounterPage : PortalPage
{
    /// <summary>Where one can sit and results can be fetched.</summary>
    public IReadOnlyList<Place> Halls { get; private set; } = [];

    /// <summary>Department titles by code.</summary>
    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    /// <summary>The halls as choices.</summary>
    public IEnumerable<SelectListItem> HallItems => Halls.Select(h => new SelectListItem(h.Title, h.Code));

    /// <summary>The title of a hall.</summary>
    public string HallTitle(string? code) => Halls.FirstOrDefault(h => h.Code == code)?.Title ?? code ?? "";

    /// <summary>The title of a department.</summary>
    public string DepartmentTitle(string code) => Departments.GetValueOrDefault(code) ?? code;

    /// <summary>The state of a filing in words.</summary>
    public static string StateOf(CaseState state, CaseOutcome? outcome) => state switch
    {
        CaseState.Draft => "在填",
        CaseState.Submitted => "已提交，等受理",
        CaseState.PreChecked => "预审通过，等面签",
        CaseState.Accepted or CaseState.InReview => "已受理，部门在审",
        CaseState.CorrectionRequested => "等补材料",
        CaseState.Decided or CaseState.Issued => "已决定，在出证",
        CaseState.Closed when outcome == CaseOutcome.Approved => "办好了",
        CaseState.Closed => "没有办成",
        _ => "撤回了",
    };

    /// <summary>The tag of a state.</summary>
    public static string TagOf(CaseState state, CaseOutcome? outcome) => state switch
    {
        CaseState.Draft => "grey",
        CaseState.Submitted or CaseState.CorrectionRequested or CaseState.PreChecked => "wait",
        CaseState.Closed => outcome == CaseOutcome.Approved ? "done" : "bad",
        _ => "doing",
    };

    /// <summary>Adds the outcome's refusal beside its field and shows the page again, or goes on.</summary>
    protected async Task<IActionResult> Finish(CounterOutcome outcome, Func<Guid, IActionResult> then)
    {
        if (outcome is { Refusal: null, CaseId: { } id })
            return then(id);
        ModelState.AddModelError(FieldName(outcome.Refusal!.Field), outcome.Refusal.Message);
        return await ShowAgain();
    }

    /// <summary>Sends a command and comes back to the page of the case.</summary>
    protected Task<IActionResult> Act(IRequest<Unit> command, string address) => Try(async () =>
    {
        await Send(command);
        return Redirect(address);
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Halls = await Send(new GetCounterHalls());
        Departments = await Mediator.DepartmentTitles(Aborted);
    }
}
