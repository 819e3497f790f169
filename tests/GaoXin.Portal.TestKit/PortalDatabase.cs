using GaoXin.Portal.Persistence;
using Npgsql;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// A database of one's own for a test class: a clone of the template, dropped at the end. The server is real, started
/// once and shared by all test processes of this repository; <c>PORTAL_TEST_POSTGRES</c> names another one to use.
/// </summary>
public sealed class PortalDatabase : IAsyncDisposable
{
    private static int _number;
    private readonly TestServer _server;

    private PortalDatabase(TestServer server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = server.ConnectionString(name);
    }

    /// <summary>The name, for example <c>portal_test_4711_3</c>.</summary>
    public string Name { get; }

    /// <summary>How to connect.</summary>
    public string ConnectionString { get; }

    /// <summary>Clones the template: structure, scripts and definitions, no demo data.</summary>
    public static async Task<PortalDatabase> CreateAsync(CancellationToken ct = default)
    {
        var server = await TestServer.GetAsync();
        var template = await TestTemplate.GetAsync(server);
        var name = $"{TestServer.DatabasePrefix}{Environment.ProcessId}_{Interlocked.Increment(ref _number)}";
        await server.ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\" STRATEGY file_copy", ct);
        return new PortalDatabase(server, name);
    }

    /// <summary>An empty database, without the portal's tables.</summary>
    public static async Task<PortalDatabase> CreateEmptyAsync(CancellationToken ct = default)
    {
        var server = await TestServer.GetAsync();
        var name = $"{TestServer.DatabasePrefix}{Environment.ProcessId}_{Interlocked.Increment(ref _number)}";
        await server.ExecuteAsync($"CREATE DATABASE \"{name}\"", ct);
        return new PortalDatabase(server, name);
    }

    /// <summary>One value by SQL, for a look behind the scenes.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is T result ? result : default;
    }

    /// <summary>Drops the database, cutting off whoever is still connected.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await _server.ExecuteAsync($"DROP DATABASE IF EXISTS \"{Name}\" WITH (FORCE)", CancellationToken.None);
    }
}
