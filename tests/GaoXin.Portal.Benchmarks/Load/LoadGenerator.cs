using System.Diagnostics;
using System.Runtime;

namespace GaoXin.Portal.Benchmarks.Load;

/// <summary>What one round gave.</summary>
internal sealed record LoadResult(double PerSecond, double MedianMilliseconds, double P95Milliseconds, int Failed);

/// <summary>Closed-loop load in this process: each connection has a thread and asks again as soon as it was answered.</summary>
internal sealed class LoadGenerator(int port, int connections)
{
    /// <summary>
    /// Loads until two slices in a row bring no better rate and the runtime has next to nothing left to compile, at most
    /// <paramref name="most"/>: hot code is compiled again and again, in the background and slowly while all cores are busy, and
    /// only warm code tells something about a server that runs for weeks.
    /// </summary>
    public void WarmUp(string path, string? cookie, TimeSpan slice, int most)
    {
        const double Better = 1.03;
        const int Few = 10;
        var (best, without) = (0.0, 0);
        for (var i = 0; i < most && without < 2; i++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            var rate = Run(path, cookie, slice).PerSecond;
            without = rate > best * Better || JitInfo.GetCompiledMethodCount() - compiled > Few ? 0 : without + 1;
            best = Math.Max(best, rate);
        }
    }

    public LoadResult Run(string path, string? cookie, TimeSpan duration)
    {
        var request = RawConnection.Request(path, cookie);
        var times = new List<double>[connections];
        var failed = 0;
        var started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, connections).Select(i => new Thread(() =>
        {
            var (own, bad) = Loop(request, started, duration);
            times[i] = own;
            Interlocked.Add(ref failed, bad);
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = times.SelectMany(t => t).ToList();
        return new LoadResult(all.Count / elapsed, all.Median(), all.Percentile(0.95), failed);
    }

    /// <summary>One after the other on one connection: the milliseconds of each.</summary>
    public static IReadOnlyList<double> OneByOne(int port, string path, string? cookie, int repeats)
    {
        using var connection = new RawConnection(port);
        var request = RawConnection.Request(path, cookie);
        return [.. Enumerable.Range(0, repeats).Select(_ =>
        {
            var sent = Stopwatch.GetTimestamp();
            connection.Send(request);
            return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        })];
    }

    /// <summary>Status and length of one answer.</summary>
    public static (int Status, int Length) Once(int port, string path, string? cookie)
    {
        using var connection = new RawConnection(port);
        return connection.Send(RawConnection.Request(path, cookie));
    }

    private (List<double> Times, int Failed) Loop(byte[] request, long started, TimeSpan duration)
    {
        using var connection = new RawConnection(port);
        var times = new List<double>(100_000);
        var failed = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var sent = Stopwatch.GetTimestamp();
            if (connection.Send(request).Status != 200)
                failed++;
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return (times, failed);
    }
}
