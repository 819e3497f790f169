using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Work;

/// <summary>工作台 opens with what the duties of this member of staff begin with: an officer's work list, an editor's items.</summary>
public sealed class HomeModel : PortalPage
{
    /// <summary>To the first page.</summary>
    public IActionResult OnGet() => SiteMap.StaffFor(User) is [var first, ..] ? Redirect(first.Href) : RedirectToPage("Index");
}
