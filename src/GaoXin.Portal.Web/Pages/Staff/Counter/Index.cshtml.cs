using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>综窗: where the clerk sits, a new filing, and what was filed in this hall today.</summary>
public sealed class IndexModel : CounterPage
{
    /// <summary>The seat.</summary>
    [BindProperty]
    public SitAtCounter Command { get; set; } = new();

    /// <summary>What to look for among the items.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The filings.</summary>
    public CounterToday Today { get; private set; } = null!;

    /// <summary>Items that fit the search.</summary>
    public IReadOnlyList<FoundService>? Found { get; private set; }

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync()
    {
        await LoadAsync();
        Command = new SitAtCounter { Hall = Today.Seat?.Hall ?? "", Window = Today.Seat?.Window };
    }

    /// <summary>坐到这里.</summary>
    public Task<IActionResult> OnPostSitAsync() => Act(Command, "/staff/counter");

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        await base.LoadAsync();
        Today = await Send(new GetCounterFilings(After));
        if (Today.Seat is not null && !string.IsNullOrWhiteSpace(Search))
            Found = (await Send(new SearchServices(Search) { Filter = new ServiceFilter { Online = true }, PageSize = 12 })).Items;
    }
}
