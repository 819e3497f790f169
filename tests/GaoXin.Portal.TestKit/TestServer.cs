using System.Diagnostics;
using GaoXin.Portal.Persistence;
using Npgsql;

namespace GaoXin.Portal.TestKit;

/// <summary>The PostgreSQL server of the tests. Started by the first test process, stopped when the last one ends.</summary>
internal sealed class TestServer
{
    public const string DatabasePrefix = "portal_test_";
    private const string Variable = "PORTAL_TEST_POSTGRES";
    private static readonly Lazy<Task<TestServer>> Started = new(StartAsync);
    private readonly string _connectionString;

    private TestServer(string connectionString) => _connectionString = connectionString;

    public static Task<TestServer> GetAsync() => Started.Value;

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_connectionString) { Database = database, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString;

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = new NpgsqlCommand("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", connection) { Parameters = { new() { Value = prefix } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var names = new List<string>();
        while (await reader.ReadAsync(ct))
            names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>A connection to the server's own database, outside the pools.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task<TestServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return new TestServer(named);
        var folder = Path.Combine(DatabaseHost.DataFolderPath(), "postgres-tests");
        var own = await OwnPostgres.StartAsync(new OwnPostgresOptions(folder, RepositoryFolder.Find(), Durable: false), CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => own.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(30));
        var server = new TestServer(own.ConnectionString("postgres"));
        await server.DropLeftoversAsync();
        return server;
    }

    /// <summary>Clones of test processes that were killed: their process id is in the name.</summary>
    private async Task DropLeftoversAsync()
    {
        var alive = Process.GetProcesses().Select(p => p.Id).ToHashSet();
        foreach (var name in await NamesAsync(DatabasePrefix, CancellationToken.None))
        {
            var owner = name[DatabasePrefix.Length..].Split('_')[0];
            if (int.TryParse(owner, out var pid) && !alive.Contains(pid))
                await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", CancellationToken.None);
        }
    }
}
