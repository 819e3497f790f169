using System.Reflection;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GaoXin.Portal.Persistence;

/// <summary>
/// Makes the database ready for this program: migrations, the capabilities' SQL scripts, then the bootstrap steps.
/// Every instance runs it at every start, one after the other by an advisory lock.
/// </summary>
internal sealed partial class DatabaseBootstrap(IServiceScopeFactory scopes, DatabaseAddress address, ILogger<DatabaseBootstrap> logger)
{
    private const long LockKey = 0x47585F424F4F54;
    private static readonly Assembly Core = typeof(DatabaseBootstrap).Assembly;

    /// <summary>Everything: structure, scripts and steps.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await MigrateAsync(ct);
        await WithLockAsync(RunStepsAsync, ct);
    }

    /// <summary>The structure and the scripts only.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await InScopeAsync(async (services, token) =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await db.Database.MigrateAsync(token);
        }, ct);
        await WithLockAsync(RunScriptsAsync, ct);
    }

    /// <summary>The embedded scripts in the order they run.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Scripts() =>
        [.. Core.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n => (n, Read(n)))];

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Core.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    /// <summary>The lock is held on a connection outside the pool, so that a killed process gives it back.</summary>
    private async Task WithLockAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(address.Required() + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync(ct);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } } };
        await take.ExecuteNonQueryAsync(ct);
        await work(ct);
    }

    private async Task RunScriptsAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(address.Required() + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync(ct);
        foreach (var (name, sql) in Scripts())
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using var script = new NpgsqlCommand(sql, connection, transaction);
            try
            {
                await script.ExecuteNonQueryAsync(ct);
            }
            catch (PostgresException error)
            {
                throw new InvalidOperationException($"Script {name} failed: {error.MessageText}", error);
            }

            await transaction.CommitAsync(ct);
            ScriptRun(name);
        }
    }

    private async Task RunStepsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var steps = scope.ServiceProvider.GetServices<IBootstrapStep>().OrderBy(s => s.Order).Select(s => s.GetType()).ToList();
        foreach (var type in steps)
        {
            // A scope a step: what one tracks is not the business of the next.
            await InScopeAsync((services, token) => services.GetServices<IBootstrapStep>().First(s => s.GetType() == type).Run(token), ct);
            StepDone(type.Name);
        }
    }

    private async Task InScopeAsync(Func<IServiceProvider, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.ActAs(SystemUser.Instance);
        await work(scope.ServiceProvider, ct);
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Debug, Message = "Database script {Script} run")]
    private partial void ScriptRun(string script);

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "Bootstrap step {Step} done")]
    private partial void StepDone(string step);
}
