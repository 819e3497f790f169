using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>Keeps what is typed while a person types. The answer holds the page's new version; 409 when another window saved it.</summary>
[RequestFormLimits(ValueCountLimit = TypedValues.MostControls)]
public sealed class AutosaveModel(TimeProvider clock) : PortalPage
{
    /// <summary>The case.</summary>
    [FromRoute(Name = "id")]
    public Guid Id { get; set; }

    /// <summary>The page of the form.</summary>
    [FromRoute(Name = "step")]
    public string Step { get; set; } = "";

    /// <summary>Opened by hand: the page itself.</summary>
    public IActionResult OnGet() => Redirect(CaseLinks.Form(Id, Step));

    /// <summary>Keeps the values.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm] int version)
    {
        try
        {
            var saved = await Send(new SaveFormPage
            {
                CaseId = Id,
                PageId = Step,
                Version = version,
                Values = TypedValues.Read(Request.Form),
                Ask = PageAsk.Keep,
            });
            return saved.Conflicts.Count > 0
                ? new StatusCodeResult(StatusCodes.Status409Conflict)
                : new JsonResult(new { saved.Version, SavedAt = clock.GetUtcNow() });
        }
        catch (RefusedException)
        {
            return new StatusCodeResult(StatusCodes.Status409Conflict);
        }
    }
}
