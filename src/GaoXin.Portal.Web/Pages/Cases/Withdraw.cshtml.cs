using GaoXin.Portal.Cases;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>Asks once more before a case is withdrawn or a draft is dropped.</summary>
public sealed class WithdrawModel : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The case as a task list: its names and state.</summary>
    public TaskList Tasks { get; private set; } = null!;

    /// <summary>Asks; what can not be withdrawn any more is shown as it stands.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return CaseTransitions.Allows(Tasks.State, CaseAction.Withdraw) ? Page() : Redirect(CaseLinks.Track(Id));
    }

    /// <summary>Withdraws.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(new WithdrawCase(Id));
        return Redirect(CaseLinks.Mine);
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Tasks = await Send(new GetTaskList(Id));
}
