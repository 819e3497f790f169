using System.Security.Claims;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Templates;
using Serilog.Templates.Themes;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Logs to the console: readable lines in Development, one compact JSON object a line otherwise. Section <c>Serilog</c>
/// of the configuration changes the levels.
/// </summary>
internal static class Logging
{
    /// <summary>The text of one request; paths and query strings never appear.</summary>
    private const string RequestTemplate = "{RequestMethod} {Route} answered {StatusCode} in {Elapsed:0.0} ms";

    private const string ReadableLine =
        "{@t:HH:mm:ss} {@l:u3} {Substring(SourceContext, LastIndexOf(SourceContext, '.') + 1)}: {@m}\n{@x}";

    /// <summary>Replaces the default loggers.</summary>
    public static WebApplicationBuilder AddPortalLogging(this WebApplicationBuilder builder)
    {
        var readable = builder.Environment.IsDevelopment();
        builder.Services.AddSerilog(
            log => log.WithPortalRules().ReadFrom.Configuration(builder.Configuration).WriteTo.Console(Formatter(readable)),
            preserveStaticLogger: true);
        return builder;
    }

    /// <summary>One line a request: method, route template, status, milliseconds, trace id and the account's id.</summary>
    public static WebApplication UsePortalRequestLog(this WebApplication app)
    {
        app.UseSerilogRequestLogging(options =>
        {
            options.MessageTemplate = RequestTemplate;
            options.GetLevel = LevelOf;
            options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
            [
                new("RequestMethod", new ScalarValue(context.Request.Method)),
                new("Route", new ScalarValue(RouteOf(context))),
                new("StatusCode", new ScalarValue(status)),
                new("Elapsed", new ScalarValue(Math.Round(elapsed, 1))),
                new("UserId", new ScalarValue(context.User.FindFirstValue(ClaimTypes.NameIdentifier))),
            ];
        });
        return app;
    }

    /// <summary>Levels and masking, apart from where the lines go.</summary>
    internal static LoggerConfiguration WithPortalRules(this LoggerConfiguration log) => log
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
        .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
        .Enrich.FromLogContext()
        .Enrich.With<PersonalDataEnricher>();

    internal static ITextFormatter Formatter(bool readable) => new RedactingFormatter(
        readable ? new ExpressionTemplate(ReadableLine, theme: TemplateTheme.Code) : new CompactJsonFormatter());

    /// <summary>The template of the matched route, for example <c>/verify/{code}</c>, never the path itself.</summary>
    internal static string RouteOf(HttpContext context) => context.GetEndpoint() switch
    {
        RouteEndpoint route => "/" + route.RoutePattern.RawText?.TrimStart('/'),
        { } other => other.DisplayName ?? "(endpoint)",
        null => "(no route)",
    };

    private static LogEventLevel LevelOf(HttpContext context, double elapsed, Exception? error) =>
        error is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
        : context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? LogEventLevel.Verbose
        : LogEventLevel.Information;
}
