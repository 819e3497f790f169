using System.Globalization;
using System.Runtime.CompilerServices;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Tells a screen by server-sent events that it has to fetch its content again: when something moved, and every two seconds
/// to say that the link is alive. One network has so many at once; the screen of whoever comes after looks by itself. The event holds the moment and the newest call; what is shown always comes from the page.
/// </summary>
internal static class HallStream
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    public static void MapHallStream(this IEndpointRouteBuilder app) => app.MapGet("/hall/stream/{zone?}", Open).AllowAnonymous().RequireRateLimiting(RateLimits.Screens);

    private static async Task<ServerSentEventsResult<string>> Open(string? zone, IServiceScopeFactory scopes, HallFeed feed, CancellationToken ct)
    {
        // A zone that is not there is told before the stream begins.
        await Read(zone, scopes, ct);
        return TypedResults.ServerSentEvents(Beats(zone, scopes, feed, ct), "hall");
    }

    private static async IAsyncEnumerable<string> Beats(string? zone, IServiceScopeFactory scopes, HallFeed feed, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var shown = await Read(zone, scopes, ct);
            yield return string.Create(CultureInfo.InvariantCulture, $"{shown.LastCall}|{Fingerprint(shown)}");
            await feed.Changed(Beat, ct);
        }
    }

    /// <summary>A scope a look: a screen stays open for a day and must not hold a connection.</summary>
    private static async Task<HallDisplay> Read(string? zone, IServiceScopeFactory scopes, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.ActAs(AnonymousUser.Instance);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetDisplay(zone), ct);
    }

    private static int Fingerprint(HallDisplay shown)
    {
        var hash = default(HashCode);
        foreach (var group in shown.Groups)
            hash.Add(group.Waiting);
        foreach (var alarm in shown.Alarms)
            hash.Add(alarm);
        return hash.ToHashCode() & int.MaxValue;
    }
}
