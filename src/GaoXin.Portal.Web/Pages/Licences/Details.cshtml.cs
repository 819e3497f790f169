using GaoXin.Portal.Licences;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Licences;

/// <summary>One licence of the signed-in person: facts, download, versions.</summary>
public sealed class DetailsModel : PortalPage
{
    /// <summary>The licence.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The licence and its versions.</summary>
    public LicenceHistory History { get; private set; } = null!;

    /// <summary>Shows the licence.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>The signed file, as issued.</summary>
    public async Task<IActionResult> OnGetDownloadAsync()
    {
        Response.Headers.CacheControl = "private, no-store";
        var file = await Send(new DownloadLicence(Id));
        return File(file.Content, "application/pdf", file.FileName);
    }

    /// <inheritdoc />
    protected override async Task LoadAsync() => History = await Send(new GetLicenceHistory(Id));
}
