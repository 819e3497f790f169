using GaoXin.Portal.Catalogue.Scans;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Scans;

/// <summary>指南二维码: how often each item's code was scanned, and its poster.</summary>
public sealed class IndexModel : PortalPage
{
    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public ScanPage Shown { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        // A damaged number in an address means the first page.
        ModelState.Clear();
        Shown = await Send(new GetScans(PageNumber));
    }
}
