using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>新增或认领 an item: what it is called and whose it is; the rest follows on the draft.</summary>
public sealed class NewModel : PortalPage
{
    /// <summary>The item.</summary>
    [BindProperty]
    public CreateItem Command { get; set; } = new();

    /// <summary>The words of codes.</summary>
    public ItemNames Names { get; private set; } = null!;

    /// <summary>The kinds.</summary>
    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<ItemKind>().Select(k => new SelectListItem(k.Chinese(), k.ToString()));

    /// <summary>A reference list as choices.</summary>
    public IEnumerable<SelectListItem> Choices(ReferenceKind kind) => Names.Of(kind).Select(e => new SelectListItem(e.Title, e.Code));

    /// <summary>Shows the form.</summary>
    public Task OnGetAsync() => User.IsInRole(Roles.CatalogueEditor) ? LoadAsync() : throw new AccessDeniedException(nameof(CreateItem));

    /// <summary>Opens the draft.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () => Redirect(CatalogueLinks.Edit(await Send(Command), ItemElements.Groups[0].Code)));

    /// <inheritdoc />
    protected override async Task LoadAsync() => Names = await Send(new GetItemNames());
}
