using GaoXin.Portal.Cases;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>
/// An uploaded file, for its owner and for staff of the deciding department; what staff open is on record. Images are shown,
/// everything else is downloaded; a sandbox policy and nosniff keep it from acting as a page.
/// </summary>
public sealed class FileModel : PortalPage
{
    /// <summary>The file.</summary>
    public async Task<IActionResult> OnGetAsync([FromRoute] Guid id, [FromRoute] Guid file)
    {
        var content = await Send(new OpenAttachment(id, file));
        var disposition = new ContentDispositionHeaderValue(content.ContentType is "image/jpeg" or "image/png" ? "inline" : "attachment");
        disposition.SetHttpFileName(content.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        HttpContext.IsUpload();
        Response.Headers.CacheControl = "private, no-store";
        return File(content.Content, content.ContentType);
    }
}
