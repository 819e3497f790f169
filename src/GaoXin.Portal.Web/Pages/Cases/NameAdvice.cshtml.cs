using FluentValidation;
using GaoXin.Portal.Registration;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>The advice on a name as a piece of a page, while the name is typed. Names are public; nothing is stored.</summary>
public sealed class NameAdviceModel : PortalPage
{
    /// <summary>The advice, or nothing while the name is not complete.</summary>
    public async Task<IActionResult> OnGetAsync([FromRoute] Guid id, EntityKind kind, string? region, string? tradeName, string? industry, string? form, string? style)
    {
        if (string.IsNullOrWhiteSpace(tradeName) || string.IsNullOrWhiteSpace(industry) || string.IsNullOrWhiteSpace(region))
            return Content("");
        try
        {
            return Partial("_NameAdvice", await Send(NameOnPage.Ask(id, kind, region, tradeName, industry, form, style)));
        }
        catch (ValidationException)
        {
            return Content("");
        }
    }
}
