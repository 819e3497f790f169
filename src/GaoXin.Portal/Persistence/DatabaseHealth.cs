using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GaoXin.Portal.Persistence;

/// <summary>Registers the checks of the database.</summary>
public static class DatabaseHealth
{
    /// <summary>Adds "database" (reachable, migrated) and "outbox" (nothing given up, else degraded) under a tag.</summary>
    public static IHealthChecksBuilder AddPortalDatabase(this IHealthChecksBuilder checks, string tag) => checks
        .AddCheck<DatabaseHealthCheck>("database", tags: [tag], timeout: TimeSpan.FromSeconds(5))
        .AddCheck<OutboxHealthCheck>("outbox", HealthStatus.Degraded, [tag], TimeSpan.FromSeconds(5));
}

/// <summary>Unhealthy while the database can not be reached or lacks migrations of this version.</summary>
internal sealed class DatabaseHealthCheck(PortalDbContext db) : IHealthCheck
{
    // Applied migrations are never taken back while the process runs, so they are asked for until they are complete.
    private static volatile bool _migrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
            return HealthCheckResult.Unhealthy("The database can not be reached.");
        if (!_migrated && (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return HealthCheckResult.Unhealthy("The database lacks migrations.");
        _migrated = true;
        return HealthCheckResult.Healthy();
    }
}

/// <summary>Degraded when events were given up: somebody has to look at <c>kernel.outbox</c>.</summary>
internal sealed class OutboxHealthCheck(PortalDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var givenUp = await db.Set<OutboxMessage>().CountAsync(m => m.GivenUpAt != null && m.DoneAt == null, cancellationToken);
        return givenUp == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{givenUp} events were given up.");
    }
}
