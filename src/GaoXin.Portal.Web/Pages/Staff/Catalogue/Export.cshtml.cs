using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Pages.Staff.Catalogue;

/// <summary>All items as a file, or an empty table to fill in.</summary>
public sealed class ExportModel : PortalPage
{
    /// <summary>Answers the file.</summary>
    public async Task<IActionResult> OnGetAsync([FromRoute] string format, [FromQuery] bool empty)
    {
        if (!Enum.TryParse<ExchangeFormat>(format, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            throw new NotFoundException("format");
        var file = empty ? await Send(new GetImportTemplate(wanted)) : await Send(new ExportCatalogue(wanted));
        Response.Headers.CacheControl = "private, no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.FileName);
        Response.Headers.ContentDisposition = disposition.ToString();
        return File(file.Content, file.ContentType);
    }
}
