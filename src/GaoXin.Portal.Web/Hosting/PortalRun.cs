using System.Runtime.InteropServices;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>One run of the program: a verb or the web server, with the database made ready before and let go after.</summary>
internal static class PortalRun
{
    private const int Failure = 1;

    /// <summary>The answer is the exit code.</summary>
    public static async Task<int> RunPortalAsync(this WebApplication app, string[] arguments)
    {
        await using var running = app;
        if (DeploymentCheck.Problems(app.Configuration, app.Environment) is { Count: > 0 } problems && !CommandLine.IsVerb(arguments))
        {
            await Console.Error.WriteLineAsync("The portal does not start. Set:\n  " + string.Join("\n  ", problems));
            return Failure;
        }

        return CommandLine.IsVerb(arguments) ? await RunVerbAsync(app, arguments) : await ServeAsync(app);
    }

    private static async Task<int> RunVerbAsync(WebApplication app, string[] arguments)
    {
        using var interrupted = new Interruption();
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.ActAs(SystemUser.Instance);
        if (CommandLine.Find(scope.ServiceProvider, arguments) is not { } verb)
            return await CommandLine.Help(scope.ServiceProvider, arguments, Console.Out);
        var words = arguments[1..];
        await using var server = verb.NeedsDatabase(words) ? await PrepareAsync(app, interrupted.Token) : null;
        return await verb.Run(words, Console.Out, interrupted.Token);
    }

    private static async Task<int> ServeAsync(WebApplication app)
    {
        IAsyncDisposable? server;
        using (var interrupted = new Interruption())
            server = await PrepareAsync(app, interrupted.Token);
        await using var kept = server;
        await app.StartAsync();
        await Announce(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<IAsyncDisposable?> PrepareAsync(WebApplication app, CancellationToken ct)
    {
        var server = await app.Services.ProvideDatabaseAsync(ct);
        try
        {
            if (app.Configuration.GetValue("Portal:Bootstrap", defaultValue: true))
                await app.Services.BootstrapDatabaseAsync(ct);
            return server;
        }
        catch
        {
            if (server is not null)
                await server.DisposeAsync();
            throw;
        }
    }

    private static async Task Announce(WebApplication app)
    {
        if (WarmUp.Address(app.Services.GetRequiredService<IServer>()) is not { } address)
            return;
        await Console.Out.WriteLineAsync($"\n  Portal: {address.GetLeftPart(UriPartial.Authority)}  ({app.Environment.EnvironmentName}; Ctrl+C stops it)");
        await using var scope = app.Services.CreateAsyncScope();
        if (!scope.ServiceProvider.GetRequiredService<IOptions<PortalOptions>>().Value.DemoMode)
            return;
        foreach (var account in scope.ServiceProvider.GetServices<IDemoAccountList>().SelectMany(l => l.Accounts))
            await Console.Out.WriteLineAsync($"    {account.Name}\t{account.Who}\t{account.SignIn}\t{account.Secret}");
        await Console.Out.WriteLineAsync();
    }

    /// <summary>Turns Ctrl+C and SIGTERM into a cancellation while no web host listens to them yet.</summary>
    private sealed class Interruption : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly PosixSignalRegistration[] _signals;

        public Interruption() => _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
        ];

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            foreach (var signal in _signals)
                signal.Dispose();
            _source.Dispose();
        }

        private void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
