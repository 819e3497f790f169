using GaoXin.Portal.Kernel;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// OpenTelemetry traces and metrics of requests, outgoing calls, SQL (text without parameters), the runtime and the
/// portal itself. Recorded only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where they go: spans nobody reads cost time.
/// </summary>
internal static class Telemetry
{
    private const string ServiceName = "gaoxin-portal";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds tracing, metrics and the exporter when an endpoint is configured.</summary>
    public static WebApplicationBuilder AddPortalTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return builder;
        var version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: version))
            .WithTracing(Trace)
            .WithMetrics(Measure)
            .UseOtlpExporter();
        return builder;
    }

    private static void Trace(TracerProviderBuilder tracing) => tracing
        .AddSource(PortalTelemetry.Name)
        .AddAspNetCoreInstrumentation(options =>
        {
            options.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
            // A path may hold a signing link or a verification code; the query is masked by the library already.
            options.EnrichWithHttpResponse = (activity, response) => activity.SetTag("url.path", Logging.RouteOf(response.HttpContext));
        })
        .AddHttpClientInstrumentation()
        .AddNpgsql();

    private static void Measure(MeterProviderBuilder metrics) => metrics
        .AddMeter(PortalTelemetry.Name, "Npgsql")
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation();
}
