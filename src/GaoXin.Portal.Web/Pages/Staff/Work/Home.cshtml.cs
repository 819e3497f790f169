using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Staff.Work;

/// <summary>工作台 opens with the work list.</summary>
public sealed class HomeModel : PortalPage
{
    /// <summary>To the list.</summary>
    public IActionResult OnGet() => RedirectToPage("Index");
}
