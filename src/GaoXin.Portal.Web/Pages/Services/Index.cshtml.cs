using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>办事指南: search by everyday words, browse and filter. A GET form and links, so that every result has an address.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = PublicPageCache.Policy)]
public sealed class IndexModel : PortalPage
{
    /// <summary>What the box takes.</summary>
    public const int LongestText = 60;

    private Dictionary<(Facet, string), string> _titles = [];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public ServiceListAddress Address { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public ServiceFilter Filter { get; private set; } = new();

    public FoundServices Found { get; private set; } = new([], 0, 1, 1);

    public IReadOnlyList<OfficialFigure> Figures { get; private set; } = [];

    /// <summary>What the boxes show: never more than they take.</summary>
    public string Shown => Text is null ? "" : Text.Length <= LongestText ? Text : Text[..LongestText];

    public bool Searched => !string.IsNullOrWhiteSpace(Text);

    /// <summary>What is chosen now.</summary>
    public IEnumerable<FacetOption> Chosen => Found.Options.Where(o => o.Chosen);

    /// <summary>The values of a facet that list something, in the order of their reference list.</summary>
    public IEnumerable<FacetOption> OptionsOf(Facet facet)
    {
        var order = _titles.Keys.ToList();
        return Found.Options.Where(o => o.Facet == facet && (o.Count > 0 || o.Chosen)).OrderBy(o => order.IndexOf((facet, o.Code)));
    }

    /// <summary>The words of a value; a code that nobody knows stays as typed, cut.</summary>
    public string TitleOf(FacetOption option) => TitleOf(option.Facet, option.Code);

    public string TitleOf(Facet facet, string code) => _titles.GetValueOrDefault((facet, code), code.Length <= 20 ? code : code[..20]);

    /// <summary>Chooses the value, or gives it up.</summary>
    public string Toggle(FacetOption option) => ServiceListAddress.Of(Shown, option.Chosen ? Filter.Without(option.Facet) : option.Filter);

    public string AddressOf(int page) => ServiceListAddress.Of(Shown, Filter, page);

    public async Task OnGetAsync()
    {
        // A damaged filter in an address means no filter.
        ModelState.Clear();
        Filter = Address.Filter();
        Found = await Send(new SearchServices(Text) { Filter = Filter, Page = PageNumber });
        Figures = await Send(new GetOfficialFigures());
        _titles = await Titles();
    }

    private async Task<Dictionary<(Facet, string), string>> Titles()
    {
        var titles = new List<(Facet Facet, string Code, string Title)>();
        foreach (var (facet, kind) in ((Facet, ReferenceKind)[])[(Facet.LifeEvent, ReferenceKind.LifeEvents), (Facet.Theme, ReferenceKind.Themes), (Facet.Department, ReferenceKind.Departments), (Facet.Place, ReferenceKind.Places)])
            titles.AddRange((await Send(new GetReference(kind))).Select(e => (facet, e.Code, e.Title)));
        titles.AddRange(Words<Audience>(Facet.Audience).Concat(Words<Speed>(Facet.Speed)).Concat(Words<VisitCount>(Facet.Visits)).Concat(Words<ItemLevel>(Facet.Level)));
        titles.Add((Facet.Online, "1", "网上能办"));
        return titles.ToDictionary(t => (t.Facet, t.Code), t => t.Title);
    }

    private static IEnumerable<(Facet, string, string)> Words<T>(Facet facet)
        where T : struct, Enum => Enum.GetValues<T>().Select(v => (facet, ((Enum)v).Code(), ((Enum)v).Chinese()));
}
