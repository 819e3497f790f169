using System.Collections.Concurrent;
using System.Diagnostics;
using GaoXin.Portal.Benchmarks.Load;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using Npgsql;

namespace GaoXin.Portal.Benchmarks.Cases;

/// <summary>How long one company waited, in milliseconds: for the answer to the submit, and for its licence.</summary>
internal sealed record LicenceTimes(double Submitted, double Issued);

/// <summary>
/// From "submit" to the signed licence, with the outbox worker of the program, commits on disk: alone and several at once.
/// The first one after a start is told apart, because it pays for cold code.
/// </summary>
internal sealed class LicenceBenchmark : IBenchmark
{
    private const double Target = 1000;
    private static readonly int[] AtOnce = [1, 4];
    private static readonly string[] Steps =
        [nameof(SubmitCase), nameof(DecideCaseAutomatically), nameof(IssueLicence), "RegisterEnterprise", nameof(CompleteCase), "SendNotice"];

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(workers: true);
        LoadGenerator.Once(host.Port, "/", null);
        report.Heading("Submit to licence");
        report.Line("company-setup with one founder and general items, filed through the portal's commands; the outbox worker decides, registers, prints, signs and completes.\n");
        var applicants = new Applicants(host);
        using var steps = new StepTimes();
        await using var watch = await LicenceWatch.StartAsync(host.Database.ConnectionString, ct);
        var first = await File(host, watch, [await applicants.ReadyToSubmit()], 1);
        var cold = string.Join(", ", Steps.Where(s => steps.Of(s).Count > 0).Select(s => $"{s} {Report.Figure(steps.Of(s)[0])}"));
        report.Line($"First case after the start: {Report.Figure(first[0].Issued)} ms (target {Report.Figure(Target)}, {Report.Met(first[0].Issued <= Target)}): {cold}.\n");
        var rows = new List<string[]>();
        foreach (var atOnce in AtOnce)
        {
            var ready = new List<ReadyCase>();
            for (var i = 0; i < options.Companies; i++)
                ready.Add(await applicants.ReadyToSubmit());
            steps.Clear();
            rows.Add(Row(atOnce, await File(host, watch, ready, atOnce)));
        }

        report.Table(["at once", "companies", "submit answered p50 ms", "licence p50 ms", "p95 ms", "max ms", "target p95 ms", "met"], rows);
        report.Line($"How the time divides, {AtOnce[^1]} at once (a request inside another counts in both; printing and signing is IssueLicence; the rest is commits, leases and the register):\n");
        report.Table(["step", "times", "median ms", "p95 ms"], Steps.Select(s => Step(s, steps.Of(s))));
    }

    private static string[] Step(string name, IReadOnlyList<double> times) =>
        [name, Report.Figure(times.Count), times.Count == 0 ? "-" : Report.Figure(times.Median()), times.Count == 0 ? "-" : Report.Figure(times.Percentile(0.95))];

    private static string[] Row(int atOnce, IReadOnlyList<LicenceTimes> times)
    {
        var p95 = times.Select(t => t.Issued).Percentile(0.95);
        return
        [
            Report.Figure(atOnce), Report.Figure(times.Count), Report.Figure(times.Select(t => t.Submitted).Median()), Report.Figure(times.Select(t => t.Issued).Median()),
            Report.Figure(p95), Report.Figure(times.Max(t => t.Issued)), Report.Figure(Target), Report.Met(p95 <= Target),
        ];
    }

    private static async Task<IReadOnlyList<LicenceTimes>> File(BenchmarkHost host, LicenceWatch watch, IReadOnlyList<ReadyCase> ready, int atOnce)
    {
        var (waiting, times) = (new ConcurrentQueue<ReadyCase>(ready), new ConcurrentBag<LicenceTimes>());
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (waiting.TryDequeue(out var next))
            {
                var licensed = watch.Licensed(next.CaseId);
                var sent = Stopwatch.GetTimestamp();
                await host.Send(new SubmitCase(next.CaseId, next.ContentHash), next.Applicant);
                var submitted = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                await licensed.WaitAsync(TimeSpan.FromSeconds(60));
                times.Add(new LicenceTimes(submitted, Stopwatch.GetElapsedTime(sent).TotalMilliseconds));
            }
        }));
        return [.. times];
    }

    /// <summary>The durations of requests, as the portal's own traces tell them.</summary>
    private sealed class StepTimes : IDisposable
    {
        private readonly ConcurrentQueue<(string Step, double Milliseconds)> _times = new();
        private readonly ActivityListener _listener;

        public StepTimes()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == PortalTelemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity => _times.Enqueue((activity.OperationName, activity.Duration.TotalMilliseconds)),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public void Clear() => _times.Clear();

        public IReadOnlyList<double> Of(string step) => [.. _times.Where(t => t.Step == step).Select(t => t.Milliseconds)];

        public void Dispose() => _listener.Dispose();
    }
}

/// <summary>Tells when a case's licence can be seen by others: one small query every few milliseconds for all that wait.</summary>
internal sealed class LicenceWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlConnection _connection;
    private readonly Task _loop;

    private LicenceWatch(NpgsqlConnection connection)
    {
        _connection = connection;
        _loop = Task.Run(LoopAsync);
    }

    public static async Task<LicenceWatch> StartAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        return new LicenceWatch(connection);
    }

    public Task Licensed(Guid caseId) => _waiting.GetOrAdd(caseId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (!_waiting.IsEmpty)
                await LookAsync();
            await Task.Delay(Pause, _stop.Token);
        }
    }

    private async Task LookAsync()
    {
        await using var look = new NpgsqlCommand("SELECT id FROM cases.cases WHERE id = ANY ($1) AND licence_id IS NOT NULL", _connection);
        look.Parameters.Add(new() { Value = _waiting.Keys.ToArray() });
        await using var reader = await look.ExecuteReaderAsync(_stop.Token);
        while (await reader.ReadAsync(_stop.Token))
        {
            if (_waiting.TryRemove(reader.GetGuid(0), out var waiting))
                waiting.SetResult();
        }
    }
}
