using GaoXin.Portal.Persistence;
using Npgsql;

namespace GaoXin.Portal.Benchmarks;

/// <summary>
/// A PostgreSQL of our own that commits to disk, unlike that of the tests. <c>PORTAL_TEST_POSTGRES</c> names another
/// one. Databases that a killed run left behind are dropped: only one run uses this server at a time.
/// </summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private const string Variable = "PORTAL_TEST_POSTGRES";
    private readonly OwnPostgres? _own;

    private BenchmarkServer(OwnPostgres? own) => _own = own;

    public static async Task<BenchmarkServer> StartAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 })
            return new BenchmarkServer(null);
        var folder = Path.Combine(DatabaseHost.DataFolderPath(), "postgres-benchmarks");
        var own = await OwnPostgres.StartAsync(new OwnPostgresOptions(folder, RepositoryFolder.Find()), ct);
        Environment.SetEnvironmentVariable(Variable, own.ConnectionString("postgres"));
        await DropLeftoversAsync(own, ct);
        return new BenchmarkServer(own);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is null)
            return;
        Environment.SetEnvironmentVariable(Variable, null);
        await _own.DisposeAsync();
    }

    private static async Task DropLeftoversAsync(OwnPostgres server, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        var names = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT datname FROM pg_database WHERE datname LIKE 'portal\\_test\\_%'", connection))
        await using (var reader = await list.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                names.Add(reader.GetString(0));
        }

        foreach (var name in names)
        {
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync(ct);
        }
    }
}
