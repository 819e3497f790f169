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
        await server.CreateDatabaseAsync("portal", ct);
        address.ConnectionString = server.ConnectionString("portal");
        return server;
    }

    /// <summary>Migrations, scripts and bootstrap steps; safe with several instances at once.</summary>
    public static Task BootstrapDatabaseAsync(this IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<DatabaseBootstrap>().RunAsync(ct);

    /// <summary>The full path of <see cref="DataFolder"/>.</summary>
    public static string DataFolderPath() => Path.Combine(RepositoryFolder.Find() ?? Directory.GetCurrentDirectory(), DataFolder);
}
