using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Pages.Staff.Complaints;

/// <summary>A file of a complaint; opening it is put on record. A sandbox policy and nosniff keep it from acting as a page.</summary>
public sealed class FileModel : PortalPage
{
    /// <summary>The file.</summary>
    public async Task<IActionResult> OnGetAsync([FromRoute] Guid id, [FromRoute] Guid file)
    {
        var content = await Send(new OpenComplaintFile(id, file));
        var disposition = new ContentDispositionHeaderValue(content.ContentType is "image/jpeg" or "image/png" ? "inline" : "attachment");
        disposition.SetHttpFileName(content.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        HttpContext.IsUpload();
        Response.Headers.CacheControl = "private, no-store";
        return File(content.Content, content.ContentType);
    }
}
