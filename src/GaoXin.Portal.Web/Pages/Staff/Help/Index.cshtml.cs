using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Choice = GaoXin.Portal.Web.TagHelpers.Choice;

namespace GaoXin.Portal.Web.Pages.Staff.Help;

/// <summary>帮办: the cases that the signed-in helper follows, and the helper's own duty.</summary>
public sealed class IndexModel : PortalPage
{
    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>The duty as typed.</summary>
    [BindProperty]
    public SetMyDuty Command { get; set; } = new();

    /// <summary>The cases and the duty.</summary>
    public MyHelps Helps { get; private set; } = null!;

    /// <summary>The bundles to choose from.</summary>
    public IReadOnlyList<Choice> Bundles { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Helps.Duty is { } duty)
            Command = new SetMyDuty { Phone = duty.Phone, Skills = duty.Skills, Capacity = duty.Capacity, OnDuty = duty.OnDuty };
    }

    /// <summary>上岗、下岗.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        await Send(Command);
        return RedirectToPage();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Helps = await Send(new GetMyHelps(After));
        Bundles = [.. (await Send(new GetBundles())).Select(b => new Choice(b.Code, b.Title))];
    }
}
