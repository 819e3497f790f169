using System.Security.Claims;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Identity;

/// <summary>
/// Checks a session cookie at every request: the security stamp at most once a minute, and the right to act for an
/// enterprise each time, with one query and only when the session claims it. A right that ended loses its claims.
/// </summary>
public static class SessionCheck
{
    /// <summary>For the cookie's OnValidatePrincipal event.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is not { } principal
            || !Guid.TryParse(principal.FindFirstValue(PortalClaims.ActingFor), out var enterpriseId)
            || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var accountId))
            return;
        var services = context.HttpContext.RequestServices;
        var today = services.GetRequiredService<TimeProvider>().Today();
        var db = services.GetRequiredService<PortalDbContext>();
        if (await db.EnterprisesOf(accountId, today).AnyAsync(e => e.Id == enterpriseId, context.HttpContext.RequestAborted))
            return;
        PortalSession.StopActing((ClaimsIdentity)principal.Identity!);
        context.ShouldRenew = true;
    }
}
