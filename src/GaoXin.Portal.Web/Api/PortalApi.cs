using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.OpenApi;

namespace GaoXin.Portal.Web.Api;

/// <summary>
/// The open interface (开放接口) under <c>/api/v1</c>: minimal endpoints over the same requests as the pages. One file of endpoints a
/// capability, mapped by one line of <see cref="MapPortalApi"/>. An endpoint sends a request and returns its answer; what goes
/// wrong it throws, and <see cref="ApiProblems"/> says it. It is closed to strangers unless it says <c>AllowAnonymous()</c>.
/// </summary>
internal static class PortalApi
{
    /// <summary>The version, in the addresses and as the name of the OpenAPI document.</summary>
    public const string Version = "v1";

    /// <summary>Where every endpoint of this version begins.</summary>
    public const string Root = $"/api/{Version}";

    /// <summary>The machine-readable description.</summary>
    public const string Document = $"/openapi/{Version}.json";

    /// <summary>Adds how answers are written and the OpenAPI document.</summary>
    public static IServiceCollection AddPortalApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));
        // So that a malformed request ends where all problems are said, not in a bare 400.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.AddOpenApi(Version, Describe);
        return services;
    }

    /// <summary>Maps the endpoints and their description.</summary>
    public static WebApplication MapPortalApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireRateLimiting(RateLimits.Public);
        api.MapServices();
        api.MapSessions();
        api.MapBooking();
        api.MapHall();
        api.MapOpen311();
        api.MapFallback("/{**path}", () => Results.NotFound()).AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>True for an address of the interface: errors there are problem details, not pages.</summary>
    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments("/api");

    private static void Configure(JsonSerializerOptions json)
    {
        json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    private static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(Root[1..], StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(ApiWords.Describe);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "郑州高新区政务服务开放接口";
            document.Info.Version = Version;
            document.Info.Description = "小程序、园区网站和其他系统可以用这些接口查事项、看办事指南、预约来大厅、反映问题。查事项和余号不用登录，预约用短信验证码换令牌，替人反映问题要先申请 api_key（Open311）。";
            document.Servers = [];
            return Task.CompletedTask;
        });
    }
}
