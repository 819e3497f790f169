using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>Opens the busiest pages once, so that the first visitor does not pay for compilation and cold caches.</summary>
internal static partial class WarmUp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string[] Pages = ["/", "/services"];

    public static async Task WarmUpAsync(this WebApplication app, CancellationToken ct)
    {
        if (Address(app) is { } address)
            await Visit(app, address, ct);
        app.Services.GetRequiredService<Readiness>().BecomeReady();
    }

    /// <summary>The first address with a host one can open; wildcards become localhost.</summary>
    public static Uri? Address(WebApplication app)
    {
        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var text = listening.FirstOrDefault(a => a.StartsWith("http:", StringComparison.Ordinal)) ?? listening.FirstOrDefault();
        return text is null ? null : new Uri(text.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//+", "//localhost").Replace("//*", "//localhost"));
    }

    private static async Task Visit(WebApplication app, Uri address, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = address, Timeout = Limit };
        foreach (var page in Pages)
        {
            try
            {
                using var answer = await client.GetAsync(page, ct);
                if ((int)answer.StatusCode >= 500)
                    Failed(app.Logger, page, (int)answer.StatusCode);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                Unreachable(app.Logger, page, error.Message);
            }
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "Warm-up of {Page} answered {Status}")]
    private static partial void Failed(ILogger logger, string page, int status);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "Warm-up of {Page} got no answer: {Reason}")]
    private static partial void Unreachable(ILogger logger, string page, string reason);
}
