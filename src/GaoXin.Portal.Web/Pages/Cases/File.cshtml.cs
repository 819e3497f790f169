using GaoXin.Portal.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>An uploaded file, for its owner and for staff of the deciding department. Images are shown, documents downloaded; the site's own policy forbids scripts and sniffing.</summary>
public sealed class FileModel : PortalPage
{
    /// <summary>The file.</summary>
    public async Task<IActionResult> OnGetAsync([FromRoute] Guid id, [FromRoute] Guid file)
    {
        var content = await Send(new OpenAttachment(id, file));
        var disposition = new ContentDispositionHeaderValue(content.ContentType.StartsWith("image/", StringComparison.Ordinal) ? "inline" : "attachment");
        disposition.SetHttpFileName(content.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.Headers.CacheControl = "private, no-store";
        return File(content.Content, content.ContentType);
    }
}
