using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: started and not stopping, the database is there and
/// migrated. Events that were given up answer Degraded (200): a person must look, but the instance serves.
/// The answer is one word; details go to the log.
/// </summary>
internal static class Health
{
    private const string ReadyTag = "ready";

    /// <summary>Adds the checks.</summary>
    public static WebApplicationBuilder AddPortalHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<LifetimeHealthCheck>("lifetime", tags: [ReadyTag])
            .AddPortalDatabase(ReadyTag);
        return builder;
    }

    /// <summary>Maps both addresses for everybody, outside sign-in.</summary>
    public static WebApplication MapPortalHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(ReadyTag) })
            .AllowAnonymous().DisableHttpMetrics();
        return app;
    }
}

/// <summary>Red until everything before the first request is done, and again from the moment the process is asked to stop.</summary>
internal sealed class LifetimeHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var serving = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        return Task.FromResult(serving ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}
