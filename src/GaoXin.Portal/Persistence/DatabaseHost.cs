using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GaoXin.Portal.Persistence;

/// <summary>What the program does about the database before it serves anything.</summary>
public static class DatabaseHost
{
    /// <summary>The folder of our own server, of the demo keys and of files, below the repository; never in version control.</summary>
    public const string DataFolder = ".data";

    /// <summary>
    /// Starts a PostgreSQL of our own when <c>ConnectionStrings:Portal</c> is not set, in Development only. Dispose the
    /// answer when the program ends. Throws in any other environment: data of real people belongs on a managed server.
    /// </summary>
    public static async Task<IAsyncDisposable?> ProvideDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        var address = services.GetRequiredService<DatabaseAddress>();
        if (address.ConnectionString is not null)
            return null;
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            throw new InvalidOperationException(
                "ConnectionStrings:Portal is not set. Only Development starts a PostgreSQL of its own; set ConnectionStrings__Portal to a PostgreSQL 15 or later.");
        }

        var source = RepositoryFolder.Find();
        var folder = services.GetRequiredService<IConfiguration>()["Portal:OwnPostgresFolder"] ?? Path.Combine(DataFolderPath(), "postgres");
        var server = await OwnPostgres.StartAsync(new OwnPostgresOptions(folder, source), ct);
        var database = OwnDatabase();
        await server.CreateDatabaseAsync(database, ct);
        address.ConnectionString = server.ConnectionString(database);
        return server;
    }

    /// <summary>
    /// The name carries the first migration: while there is no production, the history may begin anew, and a database of the
    /// old one can not follow. The demo then starts afresh; the old database stays untouched.
    /// </summary>
    internal static string OwnDatabase()
    {
        var first = typeof(PortalDbContext).Assembly.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal).First();
        return $"portal_{first.Split('_')[0]}";
    }

    /// <summary>Migrations, scripts and bootstrap steps; safe with several instances at once.</summary>
    public static Task BootstrapDatabaseAsync(this IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<DatabaseBootstrap>().RunAsync(ct);

    /// <summary>The full path of <see cref="DataFolder"/>.</summary>
    public static string DataFolderPath() => Path.Combine(RepositoryFolder.Find() ?? Directory.GetCurrentDirectory(), DataFolder);
}
