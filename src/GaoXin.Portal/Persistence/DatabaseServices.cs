using System.Data.Common;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Persistence;

internal static class DatabaseServices
{
    private const int PreparedStatements = 100;
    private const int ConnectionsPerCore = 8;
    private const int SmallestPool = 16;

    /// <summary>The data source and the pooled context over it.</summary>
    public static void AddPortalDatabase(this IServiceCollection services, string? connectionString)
    {
        services.AddSingleton(new DatabaseAddress { ConnectionString = connectionString });
        services.AddSingleton(p => new NpgsqlDataSourceBuilder(Tuned(p.GetRequiredService<DatabaseAddress>().Required())) { Name = "portal" }.Build());
        services.AddSingleton<DatabaseBootstrap>();
        services.AddScoped<ICommandLineVerb, DatabaseVerb>();
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContextPool<PortalDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql
                .MigrationsHistoryTable("migrations", "kernel")
                .SetPostgresVersion(15, 0))
            .UseSnakeCaseNamingConvention());
    }

    /// <summary>
    /// Statements that come again are prepared on their connection, so that the server parses and plans them once. The pool holds a
    /// few connections a core: beyond that a rush queues here, because more at once only make each other slower (64 instead of 8 on
    /// two cores halve what PostgreSQL does in a second). Settings that say otherwise win: a pooler that does not know prepared
    /// statements wants <c>Max Auto Prepare=0</c>, a database on a larger machine a larger <c>Maximum Pool Size</c>.
    /// </summary>
    private static string Tuned(string connectionString)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var tuned = new NpgsqlConnectionStringBuilder(connectionString);
        if (!said.ContainsKey("Max Auto Prepare") && !said.ContainsKey("MaxAutoPrepare"))
            tuned.MaxAutoPrepare = PreparedStatements;
        if (!said.ContainsKey("Maximum Pool Size") && !said.ContainsKey("MaxPoolSize"))
            tuned.MaxPoolSize = Math.Max(SmallestPool, ConnectionsPerCore * Environment.ProcessorCount);
        return tuned.ConnectionString;
    }
}

/// <summary>
/// Where the database is. Known from the settings, or set once our own server runs, before anything connects.
/// </summary>
internal sealed class DatabaseAddress
{
    public string? ConnectionString { get; set; }

    public string Required() => ConnectionString ?? throw new InvalidOperationException("ConnectionStrings:Portal is not set.");
}
