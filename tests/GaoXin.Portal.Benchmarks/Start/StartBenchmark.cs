using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GaoXin.Portal.Benchmarks.Load;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Benchmarks.Start;

/// <summary>How one start went.</summary>
internal sealed record StartTimes(double Listening, double Ready, double FirstPage, double Megabytes, double MegabytesUnderLoad);

/// <summary>
/// The program as a process of its own, on a database that is migrated already: how long until the port is open, until
/// <c>/health/ready</c> is green, the first page after that, and the resident memory before and after load.
/// </summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const double MemoryTarget = 220;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        report.Heading("Start and memory");
        if (Program() is not { } program)
        {
            report.Line("Left out: the web project is not built in this configuration.");
            return;
        }

        await using var database = await PortalDatabase.CreateAsync(ct);
        var starts = new List<StartTimes>();
        for (var i = 0; i < options.Starts; i++)
            starts.Add(await StartOnce(program, database.ConnectionString, options, ct));
        report.Table(["starts", "listening s", "ready s", "first page ms", "MB when ready", "MB under load", "target MB", "met"],
        [[
            Report.Figure(starts.Count), Report.Figure(starts.Select(s => s.Listening).Median()), Report.Figure(starts.Select(s => s.Ready).Median()),
            Report.Figure(starts.Select(s => s.FirstPage).Median()), Report.Figure(starts.Select(s => s.Megabytes).Median()),
            Report.Figure(starts.Select(s => s.MegabytesUnderLoad).Median()), Report.Figure(MemoryTarget), Report.Met(starts.Select(s => s.MegabytesUnderLoad).Median() <= MemoryTarget),
        ]]);
    }

    /// <summary>The web program of the same configuration as this one.</summary>
    private static string? Program()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var path = Path.Combine(RepositoryFolder.Find() ?? "", "src", "GaoXin.Portal.Web", "bin", configuration, "net10.0", "GaoXin.Portal.Web.dll");
        return File.Exists(path) ? path : null;
    }

    private static async Task<StartTimes> StartOnce(string program, string connectionString, BenchmarkOptions options, CancellationToken ct)
    {
        var port = FreePort();
        using var process = new Process { StartInfo = Info(program, connectionString, port) };
        var begun = Stopwatch.GetTimestamp();
        process.Start();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            while (!Listens(port))
                await Pause(process, begun, ct);
            var listening = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            while (!Answers(port, "/health/ready"))
                await Pause(process, begun, ct);
            var ready = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            var first = LoadGenerator.OneByOne(port, "/services/company-setup", null, 1)[0];
            var megabytes = Megabytes(process);
            new LoadGenerator(port, options.Connections).Run("/services", null, options.WarmUp);
            new LoadGenerator(port, options.Connections).Run("/sign-in", null, options.WarmUp);
            return new StartTimes(listening, ready, first, megabytes, Megabytes(process));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task Pause(Process process, long begun, CancellationToken ct)
    {
        if (process.HasExited || Stopwatch.GetElapsedTime(begun) > Limit)
            throw new InvalidOperationException("The portal did not start.");
        await Task.Delay(10, ct);
    }

    private static ProcessStartInfo Info(string program, string connectionString, int port)
    {
        var info = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        info.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        info.Environment["AllowedHosts"] = "127.0.0.1;portal.example";
        // Asked for before a start in Production, reached only by an upload.
        info.Environment["Portal__ClamAv__Host"] = "localhost";
        foreach (var (key, value) in TestSettings.For(connectionString))
            info.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return info;
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool Answers(int port, string path) => LoadGenerator.Once(port, path, null).Status == 200;

    private static double Megabytes(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1048576.0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
