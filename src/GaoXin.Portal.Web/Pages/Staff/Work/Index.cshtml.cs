using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Work;

/// <summary>
/// 待办 of the officer's department: what is due first stands first. A search is sent by POST, whatever is typed: a name
/// or an ID number never stands in an address, a history or a log.
/// </summary>
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>Which cases.</summary>
    [BindProperty(SupportsGet = true)]
    public WorkFilter Filter { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Number, two characters of a name, or a whole ID number; from a form only.</summary>
    [BindProperty]
    public string? Search { get; set; }

    /// <summary>The list.</summary>
    public WorkList List { get; private set; } = null!;

    /// <summary>The working days, for the time left.</summary>
    public WorkingCalendar Calendar { get; private set; } = null!;

    /// <summary>Now, in China.</summary>
    public DateTimeOffset Now { get; } = clock.GetUtcNow().Local();

    /// <summary>Nobody's case is left to take.</summary>
    public bool NothingLeft { get; private set; }

    /// <summary>Today.</summary>
    public DateOnly Today => Now.Day();

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Searches; a number that is there opens its case at once.</summary>
    public Task<IActionResult> OnPostSearchAsync() => Try(async () =>
    {
        await LoadAsync();
        var exact = GaoXin.Portal.Cases.CaseNumber.Normalise(Search) is not null && List.Page.Items is [_];
        return exact ? RedirectToPage("Details", new { id = List.Page.Items[0].Id }) : Page();
    });

    /// <summary>领下一件.</summary>
    public Task<IActionResult> OnPostNextAsync() => Try(async () =>
    {
        if (await Send(new ClaimNextCase()) is { } next)
            return RedirectToPage("Details", new { id = next });
        NothingLeft = true;
        await LoadAsync();
        return Page();
    });

    /// <summary>领取, and to the case.</summary>
    public Task<IActionResult> OnPostClaimAsync(Guid id) => Try(async () =>
    {
        await Send(new ClaimCase(id));
        return RedirectToPage("Details", new { id });
    });

    /// <summary>放回.</summary>
    public Task<IActionResult> OnPostReleaseAsync(Guid id) => Try(async () =>
    {
        await Send(new ReleaseCase(id));
        return RedirectToPage(new { filter = Filter });
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        List = await Send(new GetWorkList { Filter = Filter, Search = Search, Cursor = After });
        Calendar = await Send(new GetWorkingCalendar());
    }
}
