using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>One item for its editors: its versions, what was done to it, and what can be done now.</summary>
public sealed class ItemModel(TimeProvider clock) : PortalPage
{
    /// <summary>The item.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The item with its versions.</summary>
    public CatalogueItem Item { get; private set; } = null!;

    /// <summary>What was just done; shown once.</summary>
    [TempData(Key = "catalogue-done")]
    public string? Done { get; set; }

    /// <summary>The auditor only reads.</summary>
    public bool MayEdit => User.IsInRole(Roles.CatalogueEditor);

    /// <summary>The newest version that counts.</summary>
    public ItemVersionLine? Newest => Item.Versions.FirstOrDefault(v => !v.Withdrawn);

    /// <summary>A version that waits for its day.</summary>
    public bool Waits(ItemVersionLine version) => !version.Withdrawn && version.EffectiveFrom > clock.Today();

    /// <summary>The version before, to compare with.</summary>
    public int? Before(ItemVersionLine version) => Item.Versions.Where(v => v.Version < version.Version && !v.Withdrawn).Select(v => (int?)v.Version).FirstOrDefault();

    /// <summary>Shows the item.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>修改: opens the draft of the next version.</summary>
    public Task<IActionResult> OnPostStartAsync() => Try(async () => Redirect(CatalogueLinks.Draft(await Send(new StartItemDraft(Code)))));

    /// <summary>撤回 a version that is not in force yet.</summary>
    public Task<IActionResult> OnPostWithdrawAsync([FromForm] int version) => Try(async () =>
    {
        await Send(new WithdrawVersion(Code, version));
        Done = $"第 {version} 版已撤回，不会生效。";
        return Redirect(CatalogueLinks.Item(Code));
    });

    /// <inheritdoc />
    protected override async Task LoadAsync() => Item = await Send(new GetCatalogueItem(Code));
}
