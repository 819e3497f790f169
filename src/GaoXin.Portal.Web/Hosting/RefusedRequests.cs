using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Gives the two expected exceptions their HTTP answer wherever they come from: not found is 404, not allowed asks to
/// sign in or is 403. The body comes from the status code pages. Everything else is a fault: logged, 500.
/// </summary>
internal sealed class RefusedRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        switch (exception)
        {
            case NotFoundException:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return true;
            case AccessDeniedException when context.User.Identity?.IsAuthenticated == true || !await CanSignIn(context):
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return true;
            case AccessDeniedException:
                await context.ChallengeAsync();
                return true;
            default:
                return false;
        }
    }

    private static async Task<bool> CanSignIn(HttpContext context) =>
        context.RequestServices.GetService<IAuthenticationSchemeProvider>() is { } schemes
        && await schemes.GetDefaultChallengeSchemeAsync() is not null;
}
