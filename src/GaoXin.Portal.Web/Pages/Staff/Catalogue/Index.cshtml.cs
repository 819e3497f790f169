using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>政务服务事项 for their editors: where each stands. The auditor reads it without the buttons.</summary>
public sealed class IndexModel : PortalPage
{
    /// <summary>Part of a title or code.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    /// <summary>Where they stand.</summary>
    [BindProperty(SupportsGet = true)]
    public ItemFilter Filter { get; set; }

    /// <summary>Code of a department.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    /// <summary>The page, from 1; "page" is a word of the router.</summary>
    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    /// <summary>The items.</summary>
    public CatalogueItems List { get; private set; } = null!;

    /// <summary>The words of codes.</summary>
    public ItemNames Names { get; private set; } = null!;

    /// <summary>The auditor only reads.</summary>
    public bool MayEdit => User.IsInRole(Roles.CatalogueEditor);

    /// <summary>All departments.</summary>
    public IEnumerable<SelectListItem> Departments => Names.Of(ReferenceKind.Departments).Select(d => new SelectListItem(d.Title, d.Code));

    /// <summary>The address of another filter or page with the same search.</summary>
    public string Address(ItemFilter filter, int page = 1)
    {
        var query = QueryString.Empty;
        if (filter != ItemFilter.All)
            query = query.Add("filter", filter.ToString());
        if (!string.IsNullOrWhiteSpace(Text))
            query = query.Add("q", Text);
        if (!string.IsNullOrEmpty(Department))
            query = query.Add("department", Department);
        return CatalogueLinks.Items + (page > 1 ? query.Add("p", $"{page}") : query);
    }

    /// <summary>The name of a department.</summary>
    public string DepartmentName(string code) => Names.Of(ReferenceKind.Departments).FirstOrDefault(d => d.Code == code)?.Title ?? "";

    /// <summary>Shows the list.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        List = await Send(new GetCatalogueItems { Text = Text, Filter = Filter, Department = Department, Page = Number });
        Names = await Send(new GetItemNames());
    }
}
