using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GaoXin.Portal.Kernel;

/// <summary>
/// How this site's cookies are called and sent. Outside Development they are always Secure and bound to this one host by
/// the prefix <c>__Host-</c>: no neighbour domain and no page without TLS can plant one. Development is without TLS.
/// </summary>
public static class PortalCookies
{
    private const string HostPrefix = "__Host-";

    /// <summary>The cookie's name in this environment.</summary>
    public static string Name(string name, IHostEnvironment environment) => environment.IsDevelopment() ? name : HostPrefix + name;

    /// <summary>Secure always, in Development when the request is.</summary>
    public static CookieSecurePolicy Secure(IHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    /// <summary>True when a cookie of this answer must carry Secure.</summary>
    public static bool MustBeSecure(HttpContext context, IHostEnvironment environment) => context.Request.IsHttps || !environment.IsDevelopment();
}
