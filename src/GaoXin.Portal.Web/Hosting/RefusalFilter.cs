using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// A refusal that no form caught: it came from a query or a plain link. The error page says the refusal's own sentence.
/// A form page catches its refusals itself (<c>PortalPage.Try</c>).
/// </summary>
internal sealed class RefusalFilter : IExceptionFilter
{
    /// <summary>Under this key the error page finds the sentences.</summary>
    public const string RefusalsKey = "gx.refusals";

    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not RefusedException refused)
            return;
        context.HttpContext.Items[RefusalsKey] = refused.Refusals;
        context.Result = new StatusCodeResult(StatusCodes.Status422UnprocessableEntity);
        context.ExceptionHandled = true;
    }
}
