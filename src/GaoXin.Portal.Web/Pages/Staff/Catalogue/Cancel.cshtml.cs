using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>取消 an item: why, on what basis, from when, where to go instead. A second person publishes it.</summary>
public sealed class CancelModel(TimeProvider clock) : PortalPage
{
    /// <summary>The item.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The cancellation.</summary>
    [BindProperty]
    public CancelItem Command { get; set; } = new();

    /// <summary>The item.</summary>
    public CatalogueItem Item { get; private set; } = null!;

    /// <summary>Shows the form.</summary>
    public async Task OnGetAsync()
    {
        if (!User.IsInRole(Roles.CatalogueEditor))
            throw new AccessDeniedException(nameof(CancelItem));
        await LoadAsync();
        Command = new CancelItem { On = clock.Today() };
    }

    /// <summary>Opens the draft.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => Redirect(CatalogueLinks.Draft(await Send(Command with { Code = Code }))));

    /// <inheritdoc />
    protected override async Task LoadAsync() => Item = await Send(new GetCatalogueItem(Code));
}
