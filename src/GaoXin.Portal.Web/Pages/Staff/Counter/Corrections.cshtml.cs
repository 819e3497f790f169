using GaoXin.Portal.Cases.Counter;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>来补正: finds a case of any hall that waits for a correction, and what the clerk has in hand. Nothing about the person stands in an address.</summary>
public sealed class CorrectionsModel : CounterPage
{
    /// <summary>Number and proof.</summary>
    [BindProperty]
    public FindCounterCorrection Command { get; set; } = new();

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The list.</summary>
    public CounterCorrectionList List { get; private set; } = null!;

    /// <summary>Shows the form and the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>查要改什么.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => await Finish(await Send(Command), id => Redirect($"/staff/counter/{id}")));

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        List = await Send(new GetCounterCorrections(After));
        await base.LoadAsync();
    }
}
