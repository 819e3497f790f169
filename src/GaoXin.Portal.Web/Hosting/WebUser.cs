using System.Security.Claims;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>The claim types of the portal's sign-in cookie, besides the standard id and role.</summary>
internal static class PortalClaims
{
    /// <summary><see cref="Citizen"/> or <see cref="Staff"/>.</summary>
    public const string Kind = "kind";

    /// <summary>The name to show: masked for citizens.</summary>
    public const string DisplayName = "display_name";

    /// <summary>The department code of staff.</summary>
    public const string Department = "department";

    /// <summary>The enterprise somebody acts for (代办), as an id.</summary>
    public const string ActingFor = "acting_for";

    public const string Citizen = "citizen";

    public const string Staff = "staff";
}

/// <summary>The current user as the cookie says. A principal without a readable id or kind is nobody.</summary>
internal sealed class WebUser : ICurrentUser
{
    private readonly ClaimsPrincipal _principal;

    private WebUser(ClaimsPrincipal principal, Guid id)
    {
        _principal = principal;
        Id = id;
    }

    public Guid Id { get; }

    public bool IsSignedIn => true;

    public bool IsStaff => _principal.HasClaim(PortalClaims.Kind, PortalClaims.Staff);

    public bool IsSystem => false;

    public string DisplayName => _principal.FindFirstValue(PortalClaims.DisplayName) ?? "";

    public string? DepartmentCode => _principal.FindFirstValue(PortalClaims.Department);

    public Guid? ActingForEnterpriseId => Guid.TryParse(_principal.FindFirstValue(PortalClaims.ActingFor), out var id) ? id : null;

    public bool IsInRole(string role) => _principal.IsInRole(role);

    public static ICurrentUser From(ClaimsPrincipal principal)
    {
        var signedIn = principal.Identity?.IsAuthenticated == true
            && principal.FindFirstValue(PortalClaims.Kind) is PortalClaims.Citizen or PortalClaims.Staff;
        return signedIn && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new WebUser(principal, id)
            : AnonymousUser.Instance;
    }
}

internal static class WebUserMiddleware
{
    /// <summary>Fills the current user of each request; stands between authentication and authorization.</summary>
    public static IApplicationBuilder UsePortalUser(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.RequestServices.ActAs(WebUser.From(context.User));
        return next(context);
    });
}
