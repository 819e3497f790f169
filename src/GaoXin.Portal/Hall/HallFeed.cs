using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GaoXin.Portal.Hall;

/// <summary>
/// Tells screens that something moved in the hall, on whichever instance (LISTEN). Only a hint: who waits on it also looks by
/// itself every other second, so that a lost notice delays a call by that and loses none.
/// </summary>
public sealed class HallFeed
{
    private readonly ConcurrentDictionary<TaskCompletionSource, byte> _waiting = new();

    /// <summary>Ends when something moved, or after the time.</summary>
    public async Task Changed(TimeSpan most, CancellationToken ct)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[signal] = 0;
        try
        {
            await signal.Task.WaitAsync(most, ct);
        }
        catch (TimeoutException)
        {
            // Nothing moved: look anyway.
        }
        finally
        {
            _waiting.TryRemove(signal, out _);
        }
    }

    /// <summary>Something moved.</summary>
    internal void Tell()
    {
        foreach (var signal in _waiting.Keys)
            signal.TrySetResult();
    }
}

/// <summary>Listens on a connection of its own and starts again when it breaks.</summary>
internal sealed partial class HallListener(HallFeed feed, HallState state, NpgsqlDataSource source, ILogger<HallListener> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Interrupted(error);
                await Task.Delay(Retry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand("LISTEN portal_hall", connection))
            await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await connection.WaitAsync(ct);
            state.Forget();
            feed.Tell();
        }
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "Hall listener interrupted, starting again")]
    private partial void Interrupted(Exception error);
}
