using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Authentication;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Gives the two expected exceptions their answer where no page caught them, in minimal endpoints: not there is 404, not
/// allowed asks to sign in or is 403. The error pages outside of it bring the body. Everything else is a fault.
/// </summary>
internal sealed class RefusedRequests(RequestDelegate next, IAuthenticationSchemeProvider schemes)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (NotFoundException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (AccessDeniedException) when (!context.Response.HasStarted)
        {
            await Deny(context);
        }
    }

    private async Task Deny(HttpContext context)
    {
        var anonymous = context.User.Identity?.IsAuthenticated != true;
        if (anonymous && await schemes.GetDefaultChallengeSchemeAsync() is not null)
            await context.ChallengeAsync();
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
