using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Pages.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>预览: the draft through the same views as the public guide.</summary>
public sealed class PreviewModel(IOptions<PortalOptions> options) : PortalPage
{
    /// <summary>The draft.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The guide as it would be.</summary>
    public ShownGuide? Shown { get; private set; }

    /// <summary>Shows it, or says what has to be mended first.</summary>
    public Task<IActionResult> OnGetAsync() => Try(async () =>
    {
        Shown = new ShownGuide(await Send(new PreviewItemDraft(Id)), options.Value);
        return Page();
    });

    /// <summary>Faults of elements have no control on this page.</summary>
    protected override string FieldName(string? property) => "";
}
