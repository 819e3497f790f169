using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>How the site is shown, kept in one cookie that holds nothing about the person: 长辈版 and its text size.</summary>
public static class Preferences
{
    private const string Cookie = "gx-elder";

    /// <summary>True when the visitor chose 长辈版.</summary>
    public static bool IsElder(this HttpRequest request) => Chosen(request) is "1" or "2";

    /// <summary>True when the visitor chose the larger text of 长辈版.</summary>
    public static bool IsElderLarger(this HttpRequest request) => Chosen(request) is "2";

    /// <summary>The address that switches 长辈版 (0 off, 1 on, 2 larger text) and comes back to this page.</summary>
    public static string ElderSwitch(this HttpRequest request, int on)
    {
        var comesBack = HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/error");
        var here = comesBack ? $"{request.PathBase}{request.Path}{request.QueryString}" : "/";
        return $"/preferences/elder?on={on}&returnUrl={Uri.EscapeDataString(here)}";
    }

    internal static void MapPreferences(this IEndpointRouteBuilder app) => app.MapGet("/preferences/elder", SwitchElder).AllowAnonymous();

    private static RedirectHttpResult SwitchElder(HttpContext http, int on = 0, string? returnUrl = null)
    {
        if (on is 1 or 2)
            http.Response.Cookies.Append(CookieOf(http), on.ToString(), Options(http, TimeSpan.FromDays(365)));
        else
            http.Response.Cookies.Delete(CookieOf(http), Options(http, TimeSpan.Zero));
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : "/");
    }

    private static string? Chosen(HttpRequest request) => request.Cookies[CookieOf(request.HttpContext)];

    private static string CookieOf(HttpContext http) => PortalCookies.Name(Cookie, EnvironmentOf(http));

    private static IWebHostEnvironment EnvironmentOf(HttpContext http) => http.RequestServices.GetRequiredService<IWebHostEnvironment>();

    private static CookieOptions Options(HttpContext http, TimeSpan age) => new()
    {
        HttpOnly = true,
        Secure = PortalCookies.MustBeSecure(http, EnvironmentOf(http)),
        Path = "/",
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        MaxAge = age,
    };
}
