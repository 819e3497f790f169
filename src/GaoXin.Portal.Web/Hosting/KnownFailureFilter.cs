using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Turns what handlers throw on purpose into the right answer: not there, not allowed, or understood but impossible.
/// A form page catches refusals itself (<c>PortalPage.Try</c>); what arrives here came from a query or a plain link.
/// </summary>
internal sealed class KnownFailureFilter : IExceptionFilter
{
    /// <summary>Under this key the error page finds the sentences of a refusal.</summary>
    public const string RefusalsKey = "gx.refusals";

    public void OnException(ExceptionContext context)
    {
        context.Result = context.Exception switch
        {
            NotFoundException => new StatusCodeResult(StatusCodes.Status404NotFound),
            AccessDeniedException => Denied(context.HttpContext),
            RefusedException refused => Refused(context.HttpContext, refused),
            _ => null,
        };
        context.ExceptionHandled = context.Result is not null;
    }

    private static ActionResult Denied(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true ? new StatusCodeResult(StatusCodes.Status403Forbidden) : new ChallengeResult();

    private static StatusCodeResult Refused(HttpContext http, RefusedException refused)
    {
        http.Items[RefusalsKey] = refused.Refusals;
        return new StatusCodeResult(StatusCodes.Status422UnprocessableEntity);
    }
}
