using System.Security.Claims;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Hosting;

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
