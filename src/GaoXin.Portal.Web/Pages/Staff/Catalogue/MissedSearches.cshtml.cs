using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>搜不到的词: what people looked for in vain, for the editors to mend by aliases or items.</summary>
public sealed class MissedSearchesModel : PortalPage
{
    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public MissedSearches Missed { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        ModelState.Clear();
        Missed = await Send(new GetMissedSearches(PageNumber));
    }
}
