using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Services;

/// <summary>预览: a draft through the same views as the public guide. It stands beside them, so that it finds them.</summary>
public sealed class PreviewModel : PortalPage
{
    /// <summary>The draft.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The guide as it would be.</summary>
    public GuideView? Guide { get; private set; }

    /// <summary>Shows it, or says what has to be mended first.</summary>
    public Task<IActionResult> OnGetAsync() => Try(async () =>
    {
        Guide = await Send(new PreviewItemDraft(Id));
        return Page();
    });

    /// <summary>Faults of elements have no control on this page.</summary>
    protected override string FieldName(string? property) => "";
}
