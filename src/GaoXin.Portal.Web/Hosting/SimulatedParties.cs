using System.Diagnostics;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// In demo mode: starts the simulated outside parties (<c>-- parties simulate</c>) as a process of their own once the address of the
/// portal is known, and ends it with the portal. Without <c>OneThing:Simulator:Address</c> nothing is started.
/// </summary>
internal sealed partial class SimulatedParties(
    IConfiguration configuration, IOptions<PortalOptions> portal, IServer server, IHostApplicationLifetime lifetime, ILogger<SimulatedParties> logger) : IHostedService, IDisposable
{
    private Process? _process;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (portal.Value.DemoMode && configuration["OneThing:Simulator:Address"] is { Length: > 0 } address)
            lifetime.ApplicationStarted.Register(() => Launch(address));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is { HasExited: false })
            _process.Kill();
        return Task.CompletedTask;
    }

    public void Dispose() => _process?.Dispose();

    private void Launch(string address)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } own)
            return;
        var program = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        // Started by the dotnet host the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            program.ArgumentList.Add(typeof(SimulatedParties).Assembly.Location);
        foreach (var word in new[] { "parties", "simulate", address, own.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal) })
            program.ArgumentList.Add(word);
        _process = Process.Start(program);
        Launched(address);
    }

    [LoggerMessage(EventId = 61, Level = LogLevel.Information, Message = "Simulated parties start at {Address}")]
    private partial void Launched(string address);
}
