using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>办事指南: search by everyday words, or browse by theme. A GET form, so that every result has an address.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class IndexModel : PortalPage
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "for")]
    public string? For { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Theme { get; set; }

    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public FoundServices Found { get; private set; } = new([], 0, 1, false);

    public IReadOnlyList<ReferenceEntry> Themes { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Departments { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the boxes show: never more than they take.</summary>
    public string Shown => Text is null ? "" : Text.Length <= 60 ? Text : Text[..60];

    /// <summary>The theme shown, null for all.</summary>
    public ReferenceEntry? Chosen => Themes.FirstOrDefault(t => t.Code == Theme);

    public string AddressOf(int page) => Address(For, page);

    /// <summary>The same search for these people.</summary>
    public string AddressFor(string? audience) => Address(audience, null);

    private string Address(string? audience, int? page) => Url.Page(null, new Dictionary<string, object?>
    {
        ["q"] = Shown.Length == 0 ? null : Shown,
        ["for"] = audience,
        ["theme"] = Theme,
        ["page-number"] = page,
    }) ?? "/services";

    public async Task OnGetAsync()
    {
        // A damaged filter in an address means no filter.
        ModelState.Clear();
        Themes = await Send(new GetThemesInUse());
        Departments = (await Send(new GetReference(ReferenceKind.Departments))).ToDictionary(d => d.Code, d => d.Title);
        Audience? audience = For switch { "person" => Audience.Person, "enterprise" => Audience.Enterprise, _ => null };
        Found = await Send(new SearchServices(Text, audience, Theme, Page: PageNumber));
    }
}
