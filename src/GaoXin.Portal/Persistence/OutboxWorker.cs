using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GaoXin.Portal.Persistence;

/// <summary>Drains the outbox when the database says so (NOTIFY) and every few seconds for delayed rows.</summary>
internal sealed partial class OutboxWorker(Outbox outbox, NpgsqlDataSource source, ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private const int Workers = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Interrupted(error);
                await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {Outbox.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => outbox.DrainAsync(ct)));
            await connection.WaitAsync(Poll, ct);
        }
    }

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "Outbox worker interrupted, starting again")]
    private partial void Interrupted(Exception error);
}
