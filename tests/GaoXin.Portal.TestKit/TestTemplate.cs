using System.Security.Cryptography;
using System.Text;
using GaoXin.Portal.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// The template database: migrated and with the definitions loaded. Made once for each state of the core and the
/// seeds, and kept between runs; older ones are dropped.
/// </summary>
internal static class TestTemplate
{
    private const string Prefix = "portal_template_";
    private const long LockKey = 0x47585F544D504C;
    private static readonly Lock Gate = new();
    private static Task<string>? _made;

    public static Task<string> GetAsync(TestServer server)
    {
        lock (Gate)
            return _made ??= MakeAsync(server);
    }

    private static async Task<string> MakeAsync(TestServer server)
    {
        var name = Prefix + StateHash();
        await using var connection = await server.ConnectAsync(CancellationToken.None);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } }, CommandTimeout = 600 };
        await take.ExecuteNonQueryAsync();
        var existing = await server.NamesAsync(Prefix, CancellationToken.None);
        if (existing.Contains(name))
            return name;
        foreach (var old in existing)
            await TryDropAsync(server, old);
        var unfinished = name + "_new";
        await server.ExecuteAsync($"CREATE DATABASE \"{unfinished}\"", CancellationToken.None);
        await FillAsync(server.ConnectionString(unfinished));
        await server.ExecuteAsync($"ALTER DATABASE \"{unfinished}\" RENAME TO \"{name}\"", CancellationToken.None);
        return name;
    }

    private static async Task FillAsync(string connectionString)
    {
        using (var host = PortalHost.Build(TestSettings.For(connectionString + ";Pooling=false"), _ => { }))
            await host.Services.BootstrapDatabaseAsync(CancellationToken.None);
    }

    private static async Task TryDropAsync(TestServer server, string name)
    {
        try
        {
            await server.ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\"", CancellationToken.None);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            // Another run clones it just now; the next run drops it.
        }
    }

    /// <summary>Changes with the code of the core (its build is deterministic) and with any file under seeds.</summary>
    private static string StateHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(PortalServices).Module.ModuleVersionId.ToByteArray());
        var seeds = Path.Combine(RepositoryFolder.Find() ?? "", "seeds");
        string[] files = Directory.Exists(seeds) ? Directory.GetFiles(seeds, "*", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(seeds, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
