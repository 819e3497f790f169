using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Kernel;

/// <summary>Slow only the first time, so done once at the start, beside everything else: no applicant should pay for it.</summary>
internal interface IWarmUp
{
    Task Run(CancellationToken ct);
}

/// <summary>Runs every <see cref="IWarmUp"/> once, in the background. A failure is logged: the real work will tell it again.</summary>
internal sealed partial class WarmUpWorker(IServiceScopeFactory scopes, ILogger<WarmUpWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        foreach (var task in scope.ServiceProvider.GetServices<IWarmUp>())
        {
            try
            {
                await task.Run(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(error, task.GetType().Name);
            }
        }
    }

    [LoggerMessage(EventId = 14, Level = LogLevel.Warning, Message = "Warm-up {Task} failed")]
    private partial void Failed(Exception error, string task);
}
