using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Status = GaoXin.Portal.Cases.TaskStatus;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>任务清单: what is done, what comes next.</summary>
public sealed class TasksModel(ICurrentUser user) : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The list.</summary>
    public TaskList Tasks { get; private set; } = null!;

    /// <summary>Who helps; null when nobody does.</summary>
    public CaseHelpView? Help { get; private set; }

    /// <summary>Staff fill it in for the applicant (帮办, 综窗).</summary>
    public bool ForApplicant => user.IsStaff;

    /// <summary>The check page may be opened.</summary>
    public bool Ready => Tasks.State == CaseState.CorrectionRequested || Tasks.Next is null;

    /// <summary>Shows the list; a submitted case is shown as progress.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (RefusedException)
        {
            return Redirect(CaseLinks.Standing(User, Id));
        }

        return Tasks.State is CaseState.Draft or CaseState.CorrectionRequested ? Page() : Redirect(CaseLinks.Standing(User, Id));
    }

    /// <summary>The tag of a status.</summary>
    public static string Kind(Status status) => status switch
    {
        Status.Done => "done",
        Status.Started => "doing",
        Status.Attention => "bad",
        _ => "grey",
    };

    /// <summary>The status in words.</summary>
    public static string Word(Status status) => status switch
    {
        Status.Done => "已填好",
        Status.Started => "填了一半",
        Status.Attention => "有问题",
        _ => "未开始",
    };

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Tasks = await Send(new GetTaskList(Id));
        if (!ForApplicant)
            Help = await Send(new GetCaseHelp(Id));
    }
}
