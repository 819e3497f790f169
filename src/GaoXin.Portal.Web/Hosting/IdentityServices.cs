using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>Names of authorization policies.</summary>
public static class AccessPolicies
{
    /// <summary>Signed-in staff. Every page under /Staff asks for it.</summary>
    public const string Staff = "staff";
}

/// <summary>Names of rate limits, for <c>[EnableRateLimiting]</c>. They slow floods down; the limits that count for codes are in the database.</summary>
public static class RateLimits
{
    /// <summary>Sign-in pages.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Uploads: only forms that carry files count.</summary>
    public const string Upload = "upload";

    /// <summary>Taking a number and checking in: all of the hall comes from one network.</summary>
    public const string Hall = "hall";

    /// <summary>Open screens of one network at the same time.</summary>
    public const string Screens = "screens";

    /// <summary>Other public pages that cost something.</summary>
    public const string Public = "public";
}

/// <summary>Cookies, policies and rate limits of the sign-in.</summary>
internal static class IdentityServices
{
    private const string SignInPath = "/sign-in";
    private const string StaffSignInPath = "/staff/sign-in";

    /// <summary>Adds sign-in by cookie; whatever says nothing about access is closed to strangers.</summary>
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = IdentityConstants.ApplicationScheme;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddCookie(IdentityConstants.ApplicationScheme, options => ConfigureSession(options, environment))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => Harden(options, "gx-second-factor", environment))
            // Never issued, but signed out of when a session ends because the account changed.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme, options => Harden(options, "gx-remember", environment))
            .AddProvider(configuration, environment);
        services.AddAuthorization(options =>
        {
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            options.AddPolicy(AccessPolicies.Staff, policy => policy.RequireAuthenticatedUser().RequireClaim(PortalClaims.Kind, PortalClaims.Staff));
        });
        // After AddRazorPages, whose own set-up begins with an empty list of conventions.
        services.PostConfigure<RazorPagesOptions>(pages => pages.Conventions.AuthorizeFolder("/Staff", AccessPolicies.Staff));
        services.AddPortalRateLimits(configuration);
        return services;
    }

    private static void ConfigureSession(CookieAuthenticationOptions options, IHostEnvironment environment)
    {
        Harden(options, "gx-session", environment);
        options.SlidingExpiration = true;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = SessionCheck.Validate;
        options.Events.OnRedirectToLogin = context => Redirect(context, context.Request.Path.StartsWithSegments("/staff") ? StaffSignInPath : SignInPath);
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static void Harden(CookieAuthenticationOptions options, string name, IHostEnvironment environment)
    {
        options.Cookie.Name = PortalCookies.Name(name, environment);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
        options.Cookie.SecurePolicy = PortalCookies.Secure(environment);
        options.Cookie.IsEssential = true;
    }

    /// <summary>Back to the page asked for when it was read; after a form the way back is the form's own page.</summary>
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, string path)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var back = request.PathBase + request.Path + request.QueryString;
        context.Response.Redirect($"{request.PathBase}{path}{QueryString.Create("returnUrl", back)}");
        return Task.CompletedTask;
    }

    private static void AddPortalRateLimits(this IServiceCollection services, IConfiguration configuration) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (context, _) =>
        {
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                context.HttpContext.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        foreach (var (name, perMinute) in new[] { (RateLimits.SignIn, 120), (RateLimits.Hall, 120), (RateLimits.Upload, 60), (RateLimits.Public, 600) })
        {
            var limit = configuration.GetValue($"Portal:RateLimits:{name}", perMinute);
            limiter.AddPolicy(name, context => name == RateLimits.Upload && !CarriesFiles(context.Request)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetSlidingWindowLimiter(Caller(context),
                    _ => new SlidingWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
        }

        var screens = configuration.GetValue($"Portal:RateLimits:{RateLimits.Screens}", 60);
        limiter.AddPolicy(RateLimits.Screens, context => RateLimitPartition.GetConcurrencyLimiter(
            NetworkAddress.KeyOf(context.Connection.RemoteIpAddress), _ => new ConcurrencyLimiterOptions { PermitLimit = screens }));
    });

    private static string Caller(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? NetworkAddress.KeyOf(context.Connection.RemoteIpAddress);

    private static bool CarriesFiles(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
}
