using System.Diagnostics;
using System.Globalization;
using GaoXin.Portal.Benchmarks.Appointments;
using GaoXin.Portal.Benchmarks.Cases;
using GaoXin.Portal.Benchmarks.Catalogue;
using GaoXin.Portal.Benchmarks.Complaints;
using GaoXin.Portal.Benchmarks.Pages;
using GaoXin.Portal.Benchmarks.Start;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Benchmarks;

/// <summary>One part of the run. It prints its own tables.</summary>
internal interface IBenchmark
{
    Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct);
}

/// <summary>All parts one after the other against one PostgreSQL, after a description of the machine.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options, Report report)
{
    private static readonly Dictionary<string, Func<IBenchmark>> Known = new()
    {
        ["pages"] = () => new PageBenchmark(),
        ["licence"] = () => new LicenceBenchmark(),
        ["search"] = () => new SearchBenchmark(),
        ["worklist"] = () => new WorkListBenchmark(),
        ["complaints"] = () => new ComplaintListBenchmark(),
        ["booking"] = () => new BookingBenchmark(),
        ["audit"] = () => new AuditBenchmark(),
        ["exchange"] = () => new ExchangeBenchmark(),
        ["start"] = () => new StartBenchmark(),
    };

    public static IReadOnlyCollection<string> Parts => Known.Keys;

    /// <summary>The exit code: 0 when every part ran. Missed targets are printed, not punished: the machine may be busy.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await BenchmarkServer.StartAsync(ct);
        await DescribeAsync(ct);
        foreach (var (name, part) in Known.Where(p => options.Only is null || p.Key == options.Only))
        {
            var begun = Stopwatch.GetTimestamp();
            await part().RunAsync(options, report, ct);
            report.Line($"({name}: {Stopwatch.GetElapsedTime(begun).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s)");
        }

        report.Line($"\nDone in {Stopwatch.GetElapsedTime(started).TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} minutes.");
        return 0;
    }

    private async Task DescribeAsync(CancellationToken ct)
    {
        await using var database = await PortalDatabase.CreateEmptyAsync(ct);
        report.Heading("Environment");
        report.Line($"* {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20)} MB of memory, load average {LoadAverage()}");
        report.Line($"* .NET {Environment.Version}, {(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} garbage collector, {Configuration()} build");
        report.Line($"* PostgreSQL {await database.ScalarAsync<string>("SHOW server_version")}, shared_buffers {await database.ScalarAsync<string>("SHOW shared_buffers")}, "
            + $"fsync {await database.ScalarAsync<string>("SHOW fsync")}, synchronous_commit {await database.ScalarAsync<string>("SHOW synchronous_commit")}, on the same machine");
        report.Line($"* {(options.Quick ? "QUICK run: it proves that the benchmark works; its figures mean nothing" : "full run")}, medians unless said otherwise");
    }

    /// <summary>Other work on the machine; above the number of cores the absolute figures are worth little.</summary>
    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Configuration()
    {
#if DEBUG
        return "DEBUG (measure with -c Release)";
#else
        return "Release";
#endif
    }
}
