using System.Security.Claims;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Checks a session cookie at every request: that its session is open and the security stamp, each at most once a minute,
/// and the right to act for an enterprise each time, with one query and only when the session claims it. A right that
/// ended loses its claims.
/// </summary>
public static class SessionCheck
{
    /// <summary>For the cookie's OnValidatePrincipal event.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        if (!await IsOpen(context))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        if (StampIsDue(context))
            await SecurityStampValidator.ValidatePrincipalAsync(context);
        await CheckActing(context);
    }

    /// <summary>The validator decides the same way, but making it makes all of the sign-in, at every request.</summary>
    private static bool StampIsDue(CookieValidatePrincipalContext context)
    {
        var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value;
        return context.Properties.IssuedUtc is not { } issued || (options.TimeProvider ?? TimeProvider.System).GetUtcNow() - issued > options.ValidationInterval;
    }

    private static async Task<bool> IsOpen(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } principal || OpenSessions.IdOf(principal) is not { } session || AccountOf(principal) is not { } account)
            return false;
        var staff = principal.HasClaim(PortalClaims.Kind, PortalClaims.Staff);
        return await context.HttpContext.RequestServices.GetRequiredService<OpenSessions>().See(session, account, staff, context.HttpContext.RequestAborted);
    }

    private static async Task CheckActing(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } principal
            || !Guid.TryParse(principal.FindFirstValue(PortalClaims.ActingFor), out var enterpriseId)
            || AccountOf(principal) is not { } accountId)
            return;
        var services = context.HttpContext.RequestServices;
        var today = services.GetRequiredService<TimeProvider>().Today();
        var db = services.GetRequiredService<PortalDbContext>();
        if (await db.EnterprisesOf(accountId, today).AnyAsync(e => e.Id == enterpriseId, context.HttpContext.RequestAborted))
            return;
        PortalSession.StopActing((ClaimsIdentity)principal.Identity!);
        context.ShouldRenew = true;
    }

    private static Guid? AccountOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
