using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Promises;

/// <summary>容缺和承诺: what is still to be handed in, and what has to be checked, in the own department.</summary>
public sealed class IndexModel(TimeProvider clock) : PortalPage
{
    /// <summary>Which.</summary>
    [BindProperty(SupportsGet = true)]
    public PromiseKind Kind { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = CheckModel.DoneKey)]
    public string? Done { get; set; }

    /// <summary>The list.</summary>
    public Page<PromiseLine> List { get; private set; } = null!;

    /// <summary>Today.</summary>
    public DateOnly Today => clock.Today();

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync() => List = await Send(new GetPromises { Kind = Kind, After = After });
}
