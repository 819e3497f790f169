using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Opens the busiest pages once, after the port is open and before <c>/health/ready</c> turns green, so that no visitor
/// pays for compilation and cold caches.
/// </summary>
internal sealed partial class WarmUp(IServer server, ILogger<WarmUp> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string[] Pages = ["/", "/services"];

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Address(server) is not { } address)
            return;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = address, Timeout = Limit };
        foreach (var page in Pages)
            await Visit(client, page, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The first address with a host one can open; wildcards become localhost. Null in memory.</summary>
    public static Uri? Address(IServer server)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var text = listening.FirstOrDefault(a => a.StartsWith("http:", StringComparison.Ordinal)) ?? listening.FirstOrDefault();
        return text is null ? null : new Uri(text.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//+", "//localhost").Replace("//*", "//localhost"));
    }

    private async Task Visit(HttpClient client, string page, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetAsync(page, ct);
            if ((int)answer.StatusCode >= 500)
                Failed(page, (int)answer.StatusCode);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            Unreachable(page, error.GetType().Name);
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "Warm-up of {Page} answered {Status}")]
    private partial void Failed(string page, int status);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "Warm-up of {Page} got no answer: {Reason}")]
    private partial void Unreachable(string page, string reason);
}
