using System.Security.Claims;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// Lets a test be somebody without walking through the sign-in pages: the claims come in a header, before the real
/// authentication, whose cookie wins. Only a test host has it.
/// </summary>
internal sealed class TestSignIn : IStartupFilter
{
    public const string Header = "X-Test-User";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Headers[Header] is [{ } header])
                context.User = Principal(header);
            return following(context);
        });
        next(app);
    };

    /// <summary>The header's value for a user: claims as a query string.</summary>
    public static string Value(ICurrentUser user)
    {
        List<(string Type, string Value)> claims =
        [
            (ClaimTypes.NameIdentifier, user.Id.ToString()),
            (PortalClaims.Kind, user.IsStaff ? PortalClaims.Staff : PortalClaims.Citizen),
            (PortalClaims.DisplayName, user.DisplayName),
            .. Roles.All.Where(user.IsInRole).Select(r => (ClaimTypes.Role, r)),
        ];
        if (user.DepartmentCode is { } department)
            claims.Add((PortalClaims.Department, department));
        if (user.ActingForEnterpriseId is { } enterprise)
            claims.Add((PortalClaims.ActingFor, enterprise.ToString()));
        return string.Join('&', claims.Select(c => $"{Uri.EscapeDataString(c.Type)}={Uri.EscapeDataString(c.Value)}"));
    }

    private static ClaimsPrincipal Principal(string header)
    {
        var claims = header.Split('&').Select(p => p.Split('=')).Select(p => new Claim(Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p[1])));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, "Test"));
    }
}
