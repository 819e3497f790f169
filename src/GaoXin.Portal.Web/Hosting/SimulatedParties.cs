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
    IConfiguration configuration, IOptions<PortalOptions> portal, IServer server, IHostEnvironment environment, IHostApplicationLifetime lifetime, ILogger<SimulatedParties> logger) : IHostedService, IDisposable
{
    private Process? _process;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (portal.Value.DemoMode && configuration["OneThing:Simulator:Address"] is { Length: > 0 } address)
            lifetime.ApplicationStarted.Register(() => Launch(address));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is not { HasExited: false })
            return;
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose() => _process?.Dispose();

    private void Launch(string address)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } own)
            return;
        var program = Program();
        foreach (var word in new[] { "parties", "simulate", address, own.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal) })
            program.ArgumentList.Add(word);
        _process = Process.Start(program);
        // What it says on the console is said in the log; it must be read, or the pipe fills.
        _process?.BeginOutputReadLine();
        Launched(address);
    }

    /// <summary>The portal's own program, also when the process that hosts it is another one, as in tests.</summary>
    private ProcessStartInfo Program()
    {
        var (host, portalFile) = (Environment.ProcessPath!, typeof(SimulatedParties).Assembly.Location);
        var byHost = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var program = new ProcessStartInfo(byHost ? host : Path.ChangeExtension(portalFile, OperatingSystem.IsWindows() ? ".exe" : null))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = environment.EnvironmentName },
        };
        if (byHost)
            program.ArgumentList.Add(portalFile);
        return program;
    }

    [LoggerMessage(EventId = 61, Level = LogLevel.Information, Message = "Simulated parties start at {Address}")]
    private partial void Launched(string address);
}
