using GaoXin.Portal.Evaluation.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Evaluations;

/// <summary>流程改进任务: open ones, what is due first in front; or the ones that ended.</summary>
public sealed class ImprovementsModel(TimeProvider clock) : PortalPage
{
    /// <summary>The ones that ended.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Over { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The task whose form is open.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Chosen { get; set; }

    /// <summary>The end of one.</summary>
    [BindProperty]
    public FinishImprovement? Command { get; set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "staff-improvement-done")]
    public string? Done { get; set; }

    /// <summary>The tasks.</summary>
    public Page<ImprovementLine> Tasks { get; private set; } = null!;

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>One form at a time: the chosen task's, the one just tried, or the only one there is.</summary>
    public bool IsOpen(ImprovementLine task) => (Command?.Id ?? Chosen) is { } open ? open == task.Id : Tasks.Items.Count == 1;

    /// <summary>Shows them.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>办结.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command ?? new FinishImprovement(Guid.Empty, null));
        Done = "改进任务已办结。";
        return RedirectToPage();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Tasks = await Send(new GetImprovements(Over, After));
}
