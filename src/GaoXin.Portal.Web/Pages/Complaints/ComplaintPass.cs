using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Pages.Complaints;

/// <summary>The pass to one complaint, in a cookie of this browser: who filed it just now or proved to know it sees it without signing in.</summary>
internal static class ComplaintPass
{
    private const string Cookie = "gx-complaint";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static string? Read(HttpContext http) => http.Request.Cookies[NameOf(http)];

    public static void Keep(HttpContext http, string pass) => http.Response.Cookies.Append(NameOf(http), pass, new CookieOptions
    {
        HttpOnly = true,
        Secure = PortalCookies.MustBeSecure(http, EnvironmentOf(http)),
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
        MaxAge = Lifetime,
    });

    private static string NameOf(HttpContext http) => PortalCookies.Name(Cookie, EnvironmentOf(http));

    private static IWebHostEnvironment EnvironmentOf(HttpContext http) => http.RequestServices.GetRequiredService<IWebHostEnvironment>();
}

/// <summary>Addresses of complaints.</summary>
public static class ComplaintLinks
{
    /// <summary>诉求反映.</summary>
    public const string Home = "/complaints";

    /// <summary>反映新的诉求.</summary>
    public const string New = "/complaints/new";

    /// <summary>The signed-in citizen's own.</summary>
    public const string Mine = "/complaints/mine";

    /// <summary>Number and telephone.</summary>
    public const string LookUp = "/complaints/look-up";

    /// <summary>诉求进度.</summary>
    public static string Track(string number) => $"/complaints/{number}";

    /// <summary>撤回.</summary>
    public static string Withdraw(string number) => $"/complaints/{number}/withdraw";
}
