using GaoXin.Portal.Cases.Counter;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Counter;

/// <summary>待发件 of the clerk's hall.</summary>
public sealed class HandOutModel : CounterPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>What was just handed over; shown once.</summary>
    [TempData(Key = "handed-over")]
    public string? Done { get; set; }

    /// <summary>The list.</summary>
    public HandOutList List { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        List = await Send(new GetHandOutList(After));
        await base.LoadAsync();
    }
}
