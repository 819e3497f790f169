using Npgsql;

namespace GaoXin.Portal.Persistence;

/// <summary>What a PostgreSQL server of our own needs to know.</summary>
/// <param name="Folder">Everything of the server lives below it: data, password, log, locks.</param>
/// <param name="SourceFolder">The repository, in which npm may have put the binaries; null when there is none.</param>
/// <param name="Durable">False for tests: a crash of the machine may lose data, and everything is faster.</param>
internal sealed record OwnPostgresOptions(string Folder, string? SourceFolder, bool Durable = true);

/// <summary>
/// A real PostgreSQL server for development and tests, shared by every process that uses the same folder. The first
/// process starts it, the last one to leave stops it, and a server left behind by a killed process is taken over.
/// </summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(2);
    private readonly OwnPostgresCluster _cluster;
    private readonly string _folder;
    private readonly FileStream _use;
    private bool _left;

    private OwnPostgres(OwnPostgresCluster cluster, string folder, FileStream use, int port)
    {
        _cluster = cluster;
        _folder = folder;
        _use = use;
        Port = port;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>For <c>psql</c> and the like: where the server's log is.</summary>
    public string LogFile => _cluster.LogFile;

    /// <summary>Starts the server, or joins the one that runs already.</summary>
    public static async Task<OwnPostgres> StartAsync(OwnPostgresOptions options, CancellationToken ct)
    {
        var account = OwnPostgresAccount.ForThisProcess();
        var folder = account.Reachable(options.Folder);
        Directory.CreateDirectory(folder);
        var binaries = await OwnPostgresBinaries.FindAsync(options.SourceFolder, folder, account, ct);
        var cluster = new OwnPostgresCluster(folder, binaries, account, options.Durable);
        await using var starting = await FileLock.ExclusiveAsync(StartLock(folder), LockTimeout, ct);
        var use = FileLock.Shared(UseLock(folder));
        try
        {
            await cluster.InitialiseAsync(ct);
            return new OwnPostgres(cluster, folder, use, await cluster.StartOrJoinAsync(ct));
        }
        catch
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to connect to a database of this server.</summary>
    public string ConnectionString(string database) => _cluster.ConnectionString(Port, database);

    /// <summary>Creates the database unless it is there.</summary>
    public async Task CreateDatabaseAsync(string name, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var exists = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        exists.Parameters.AddWithValue(name);
        if (await exists.ExecuteScalarAsync(ct) is not null)
            return;
        await using var create = source.CreateCommand($"CREATE DATABASE \"{name}\"");
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process that started at the same moment was faster.
        }
    }

    /// <summary>Leaves the server; the last user stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_left)
            return;
        _left = true;
        await using var stopping = await FileLock.ExclusiveAsync(StartLock(_folder), LockTimeout, CancellationToken.None);
        await _use.DisposeAsync();
        await using var alone = FileLock.TryExclusive(UseLock(_folder));
        if (alone is not null)
            await _cluster.StopAsync();
    }

    private static string StartLock(string folder) => Path.Combine(folder, "start.lock");

    private static string UseLock(string folder) => Path.Combine(folder, "use.lock");
}
