using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>
/// One group of a draft's elements. Saving always keeps what was typed, right or wrong; what is wrong is told at its field
/// and stops the submission only. Who saves second sees both sides first.
/// </summary>
public sealed class EditModel : PortalPage
{
    private IReadOnlyList<string> _paths = [];
    private ElementForm? _typed;

    /// <summary>The draft.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Code of the group.</summary>
    [FromRoute(Name = "group")]
    public string GroupCode { get; set; } = "";

    /// <summary>The revision that the form shows.</summary>
    [BindProperty]
    public int Revision { get; set; }

    /// <summary>The page comes after a save: it tells the faults of the group.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    /// <summary>The draft as stored.</summary>
    public DraftView Draft { get; private set; } = null!;

    /// <summary>The words of codes.</summary>
    public ItemNames Names { get; private set; } = null!;

    /// <summary>What the fields hold.</summary>
    public ElementForm Form { get; private set; } = null!;

    /// <summary>What somebody else stored meanwhile and what is typed here.</summary>
    public IReadOnlyList<ElementChange> Conflicts { get; private set; } = [];

    /// <summary>The group.</summary>
    public ElementGroup Group { get; private set; } = null!;

    /// <summary>Its number, from 1.</summary>
    public int Number => ItemElements.Groups.ToList().IndexOf(Group) + 1;

    /// <summary>The faults of a group.</summary>
    public int FaultsOf(ElementGroup group) => Draft.Faults.Count(f => ElementForm.PlaceOf(f.Field)?.Group == group);

    /// <summary>The controls in the order of the page.</summary>
    public IReadOnlyList<string> Controls =>
        [.. Group.Elements.SelectMany(e => e.Type != ElementType.Rows ? [e.Path] : Form.Rows(e).SelectMany((_, i) => e.Columns.Select(c => ElementForm.Name(e, i, c))).Prepend(e.Path))];

    /// <summary>Shows the group.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!User.IsInRole(Roles.CatalogueEditor))
            throw new AccessDeniedException(nameof(ChangeItemDraft));
        await LoadAsync();
        if (Draft.Status != DraftStatus.Draft || Draft.ImportId is not null)
            return Redirect(CatalogueLinks.Draft(Id));
        if (Saved)
            TellFaults();
        return Page();
    }

    /// <summary>Adds or removes a row, or saves.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = ElementForm.Button)] string? button)
    {
        _typed = ElementForm.Of(ItemElements.Group(GroupCode) ?? throw new NotFoundException("group"), Request.Form);
        if (_typed.Reshape(button))
        {
            ModelState.Clear();
            await LoadAsync();
            return Page();
        }

        var change = _typed.Change(Id, Revision);
        _paths = [.. change.Values.Keys];
        return await Try(async () =>
        {
            await Send(change);
            await LoadAsync();
            return Redirect(FaultsOf(Group) > 0 || button == "save" ? $"{CatalogueLinks.Edit(Id, GroupCode)}?saved=true"
                : button == "next" && Number < ItemElements.Groups.Count ? CatalogueLinks.Edit(Id, ItemElements.Groups[Number].Code) : CatalogueLinks.Draft(Id));
        });
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Group = ItemElements.Group(GroupCode) ?? throw new NotFoundException("group");
        Draft = await Send(new GetItemDraft(Id));
        Names = await Send(new GetItemNames());
        Form = _typed ?? ElementForm.Of(Group, Draft);
        if (_typed is not null && Revision != Draft.Revision)
        {
            // Both sides stand on the page now: the next save is made knowingly.
            Conflicts = _typed.Differences(Draft, Names);
            if (ModelState.ErrorCount > 0)
                ModelState.SetModelValue(nameof(Revision), Draft.Revision, $"{Draft.Revision}");
        }
    }

    /// <inheritdoc />
    protected override string FieldName(string? property) =>
        property?.StartsWith("Values[", StringComparison.Ordinal) == true && int.TryParse(property.AsSpan(7, property.Length - 8), out var index) ? _paths[index] : "";

    private void TellFaults()
    {
        foreach (var fault in Draft.Faults)
        {
            if (ElementForm.PlaceOf(fault.Field) is { } place && place.Group == Group)
                ModelState.AddModelError(place.Control, $"{fault.Label}：{fault.Message}。{fault.Fix}。");
        }
    }
}
