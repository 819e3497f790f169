using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>The headers of every answer. Nothing inline and nothing from elsewhere: pages use files of this site only.</summary>
internal static class SecurityHeaders
{
    /// <summary>A file from outside is no page of this site: no script, no form, no other file, an origin of its own.</summary>
    public const string UploadPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private const int OneYear = 365 * 24 * 60 * 60;
    private static readonly object UploadKey = new();
    private static readonly string[] Personal = ["text/html", "application/json", "application/pdf"];

    /// <summary>Adds the headers; put it first, so that error answers have them too.</summary>
    public static WebApplication UsePortalSecurityHeaders(this WebApplication app)
    {
        // Outside, so that it speaks last.
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                if (context.Items.ContainsKey(UploadKey))
                    context.Response.Headers.ContentSecurityPolicy = UploadPolicy;
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseSecurityHeaders(Policy(app.Environment.IsDevelopment()));
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                KeepOutOfCaches(context);
                return Task.CompletedTask;
            });
            return next(context);
        });
        return app;
    }

    /// <summary>This answer is a file that somebody uploaded.</summary>
    public static void IsUpload(this HttpContext context) => context.Items[UploadKey] = true;

    private static HeaderPolicyCollection Policy(bool development)
    {
        var policy = new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddFrameOptionsDeny()
            .AddReferrerPolicyStrictOriginWhenCrossOrigin()
            .AddCrossOriginOpenerPolicy(o => o.SameOrigin())
            .AddCrossOriginResourcePolicy(o => o.SameOrigin())
            .AddContentSecurityPolicy(Content)
            .AddPermissionsPolicy(Permissions)
            .RemoveServerHeader();
        return development ? policy : policy.AddStrictTransportSecurityMaxAgeIncludeSubDomains(OneYear);
    }

    private static void Content(CspBuilder csp)
    {
        csp.AddDefaultSrc().Self();
        csp.AddScriptSrc().Self();
        csp.AddStyleSrc().Self();
        csp.AddImgSrc().Self().Data();
        csp.AddFontSrc().Self();
        csp.AddConnectSrc().Self();
        csp.AddObjectSrc().None();
        csp.AddBaseUri().Self();
        csp.AddFormAction().Self();
        csp.AddFrameAncestors().None();
    }

    private static void Permissions(PermissionsPolicyBuilder permissions)
    {
        permissions.AddCamera().Self();
        permissions.AddGeolocation().None();
        permissions.AddMicrophone().None();
        permissions.AddPayment().None();
        permissions.AddUsb().None();
        permissions.AddCustomFeature("publickey-credentials-get", "(self)");
        permissions.AddCustomFeature("publickey-credentials-create", "(self)");
    }

    /// <summary>What a signed-in person sees is stored by no cache, also not by the browser of a shared computer in the hall.</summary>
    private static void KeepOutOfCaches(HttpContext context)
    {
        var response = context.Response;
        if (context.User.Identity?.IsAuthenticated != true)
            return;
        var personal = Personal.Any(t => response.ContentType?.StartsWith(t, StringComparison.OrdinalIgnoreCase) == true);
        if (personal || !response.Headers.ContainsKey(HeaderNames.CacheControl))
            response.Headers.CacheControl = "no-store";
    }
}
