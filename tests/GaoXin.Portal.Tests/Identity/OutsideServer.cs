using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Tests.Identity;

/// <summary>An outside system on a real port of the loopback: keeps what it got and answers as told.</summary>
public sealed class OutsideServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OutsideRequest> _requests = new();
    private readonly ConcurrentQueue<int> _failures = new();

    private OutsideServer(WebApplication app, string answer)
    {
        _app = app;
        app.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            _requests.Enqueue(new OutsideRequest(context.Request.Path, context.Request.ContentType, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body));
            return _failures.TryDequeue(out var status) ? Results.StatusCode(status) : Results.Text(answer, "application/json");
        });
    }

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<OutsideRequest> Requests => [.. _requests];

    public static async Task<OutsideServer> StartAsync(string answer = "{}")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = new OutsideServer(builder.Build(), answer);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The next requests are answered with these statuses.</summary>
    public void FailWith(params int[] statuses)
    {
        foreach (var status in statuses)
            _failures.Enqueue(status);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A request as it arrived.</summary>
public sealed record OutsideRequest(string Path, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The signature that time, path and body must have with this secret.</summary>
    public string SignatureWith(string secret) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Headers["X-Portal-Time"]}\n{Path}\n{Body}")));
}
