using GaoXin.Portal.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Persistence;

internal static class DatabaseServices
{
    /// <summary>The data source and the pooled context over it.</summary>
    public static void AddPortalDatabase(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString) { Name = "portal" }.Build());
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContextPool<PortalDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql
                .MigrationsHistoryTable("migrations", "kernel")
                .SetPostgresVersion(15, 0))
            .UseSnakeCaseNamingConvention());
    }
}
