using System.Diagnostics;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Benchmarks;

/// <summary>The benchmark must not rot between the runs that count. What it measures here is not looked at.</summary>
public sealed class BenchmarkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_quick_run_measures_every_part_and_prints_it()
    {
        await using var database = await PortalDatabase.CreateEmptyAsync();
        var (code, output) = await Run(database, "--quick");

        code.ShouldBe(0, output);
        output.ShouldContain("PostgreSQL 1");
        foreach (var heading in (string[])["## Pages", "## Submit to licence", "## Work list", "## Audit", "## Start and memory", "Done in"])
            output.ShouldContain(heading);
        foreach (var row in (string[])["| static, bare", "| home", "| staff work list", "SubmitCase", "| claim the next", "1 fault told"])
            output.ShouldContain(row);
        output.ShouldNotContain("answered 5");
    }

    [Fact]
    public async Task An_unknown_argument_is_answered_with_the_usage()
    {
        await using var database = await PortalDatabase.CreateEmptyAsync();
        var (code, output) = await Run(database, "--only", "nothing");

        code.ShouldBe(2);
        output.ShouldContain("--only pages|licence|worklist|audit|start");
    }

    /// <summary>As a process of its own, against the tests' server.</summary>
    private static async Task<(int Code, string Output)> Run(PortalDatabase database, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("GaoXin.Portal.Web.Tests", "GaoXin.Portal.Benchmarks", StringComparison.Ordinal), "GaoXin.Portal.Benchmarks.dll");
        var info = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["PORTAL_TEST_POSTGRES"] = database.ConnectionString;
        using var process = Process.Start(info)!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
