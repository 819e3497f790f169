using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace GaoXin.Portal.Persistence;

/// <summary>One data folder of PostgreSQL: making it, starting a server on it, joining a running one, stopping it.</summary>
internal sealed class OwnPostgresCluster(string folder, OwnPostgresBinaries binaries, OwnPostgresAccount account, bool durable)
{
    private const string User = "portal";
    private const string SettingsFile = "portal.conf";
    private const int StartAttempts = 3;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    // One folder a major version: a newer PostgreSQL can not open the data of an older one.
    private readonly string _data = Path.Combine(folder, $"data-{binaries.Major}");
    private readonly string _password = Path.Combine(folder, "password");

    public string LogFile => Path.Combine(_data, "server.log");

    public string ConnectionString(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Password = File.ReadAllText(_password),
        Database = database,
    }.ConnectionString;

    /// <summary>Makes the data folder once. A half-made one of a killed run is thrown away.</summary>
    public async Task InitialiseAsync(CancellationToken ct)
    {
        if (File.Exists(Path.Combine(_data, "PG_VERSION")))
            return;
        await WritePasswordAsync(ct);
        var unfinished = _data + ".new";
        await InitialiseAsync(unfinished, ct);
        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), $"\ninclude = '{SettingsFile}'\n", ct);
        Directory.Move(unfinished, _data);
    }

    /// <summary>The port of the server that runs on this folder, started now or before.</summary>
    public async Task<int> StartOrJoinAsync(CancellationToken ct)
    {
        if (await RunningPortAsync(ct) is { } running)
            return running;
        await File.WriteAllTextAsync(Path.Combine(_data, SettingsFile), Settings(), ct);
        await account.OwnAsync(Path.Combine(_data, SettingsFile), ct);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                await account.RunAsync(binaries.Program("pg_ctl"),
                    ["start", "-w", "-t", "60", "-D", _data, "-l", LogFile, "-o", $"-p {port}"], folder, ct);
                return port;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts)
            {
                // Somebody took the port between the look and the start, or processes of a killed server still end.
                await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
            }
            catch (InvalidOperationException error)
            {
                throw new InvalidOperationException($"PostgreSQL did not start; see {LogFile}. {error.Message}", error);
            }
        }
    }

    public async Task StopAsync()
    {
        if (File.Exists(PidFile))
            await account.RunAsync(binaries.Program("pg_ctl"), ["stop", "-m", "fast", "-w", "-t", "60", "-D", _data], folder, CancellationToken.None);
    }

    private string PidFile => Path.Combine(_data, "postmaster.pid");

    /// <summary>The port in postmaster.pid when that server lives; a file left by a dead one is removed.</summary>
    private async Task<int?> RunningPortAsync(CancellationToken ct)
    {
        if (!File.Exists(PidFile))
            return null;
        var lines = await File.ReadAllLinesAsync(PidFile, ct);
        if (lines.Length >= 4 && int.TryParse(lines[0], out var pid) && int.TryParse(lines[3], out var port))
        {
            var giveUp = Environment.TickCount64 + (long)AnswerTimeout.TotalMilliseconds;
            while (IsPostgres(pid) && await AnswersAsync(port, ct) is var ours && ours != false)
            {
                if (ours == true)
                    return port;
                if (Environment.TickCount64 > giveUp)
                    throw new TimeoutException($"PostgreSQL process {pid} runs on {_data} but does not answer; see {LogFile}.");
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            }
        }

        File.Delete(PidFile);
        return null;
    }

    /// <summary>True when the process is a server on this folder. A dead one that nobody has waited for (a zombie) is not.</summary>
    private bool IsPostgres(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return File.ReadAllText($"/proc/{pid}/cmdline").Contains(_data, StringComparison.Ordinal);
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    /// <summary>True for our server, false for somebody else's, null while it starts or recovers.</summary>
    private async Task<bool?> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString(port, "postgres") + ";Pooling=false;Timeout=2");
            await using var command = source.CreateCommand("SHOW data_directory");
            return Path.GetFullPath((string)(await command.ExecuteScalarAsync(ct))!) == Path.GetFullPath(_data);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            return false;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private async Task WritePasswordAsync(CancellationToken ct)
    {
        if (File.Exists(_password))
            return;
        await PrivateFile.WriteAsync(_password, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), ct);
        await account.OwnAsync(_password, ct);
    }

    /// <summary>Chinese ordering through ICU where the build has it; else the C.UTF-8 locale (with C, pg_trgm drops all Chinese).</summary>
    private async Task InitialiseAsync(string target, CancellationToken ct)
    {
        string[][] locales = [["--locale-provider=icu", "--icu-locale=zh-Hans-CN", "--locale=C.UTF-8"], ["--locale=C.UTF-8"], ["--locale=en_US.UTF-8"]];
        for (var i = 0; ; i++)
        {
            if (Directory.Exists(target))
                Directory.Delete(target, recursive: true);
            Directory.CreateDirectory(target);
            await account.OwnAsync(target, ct);
            try
            {
                await account.RunAsync(binaries.Program("initdb"),
                    ["-D", target, "-U", User, "-A", "scram-sha-256", $"--pwfile={_password}", "-E", "UTF8", "--no-sync", .. locales[i]], folder, ct);
                return;
            }
            catch (InvalidOperationException) when (i + 1 < locales.Length)
            {
                // This build lacks the locale: try the next one.
            }
        }
    }

    /// <summary>Development settings. Statements with their values never reach the log: they may hold personal data.</summary>
    private string Settings() => $"""
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 200
        shared_buffers = 128MB
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        log_min_error_statement = panic
        log_parameter_max_length_on_error = 0
        wal_level = minimal
        max_wal_senders = 0
        jit = off
        fsync = {(durable ? "on" : "off")}
        synchronous_commit = {(durable ? "on" : "off")}
        full_page_writes = {(durable ? "on" : "off")}
        autovacuum = {(durable ? "on" : "off")}

        """;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
