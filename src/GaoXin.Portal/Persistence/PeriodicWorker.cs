using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Persistence;

/// <summary>Tidying that is due again and again: lapsed corrections, old drafts. Correctness never depends on it being on time.</summary>
internal interface IPeriodicTask
{
    /// <summary>Does what is due now, in a scope of its own that acts as the system; repeatable. The answer is how much was done.</summary>
    Task<int> Run(CancellationToken ct);
}

/// <summary>Runs every periodic task each ten minutes, on one instance at a time (an advisory lock for the transaction).</summary>
internal sealed partial class PeriodicWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PeriodicWorker> logger) : BackgroundService
{
    private const long LockKey = 0x47585F5045524F44;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunAll(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAll(CancellationToken ct)
    {
        await using var names = scopes.CreateAsyncScope();
        foreach (var type in names.ServiceProvider.GetServices<IPeriodicTask>().Select(t => t.GetType()).ToList())
        {
            try
            {
                await RunOne(type, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                TaskFailed(error, type.Name);
            }
        }
    }

    private async Task RunOne(Type type, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUserHolder>().Become(SystemUser.Instance);
        await using var guard = scopes.CreateAsyncScope();
        var db = guard.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var mine = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({LockKey}) AS \"Value\"").SingleAsync(ct);
        if (!mine)
            return;
        var done = await scope.ServiceProvider.GetServices<IPeriodicTask>().First(t => t.GetType() == type).Run(ct);
        if (done > 0)
            TaskDone(type.Name, done);
    }

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "{Task}: {Count} done")]
    private partial void TaskDone(string task, int count);

    [LoggerMessage(EventId = 13, Level = LogLevel.Error, Message = "{Task} failed")]
    private partial void TaskFailed(Exception error, string task);
}
