using System.Diagnostics;
using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace GaoXin.Portal.Benchmarks.Cases;

/// <summary><c>audit verify</c> over chains made with the portal's own code and key, ten events a case.</summary>
internal sealed class AuditBenchmark : IBenchmark
{
    private const int EventsOfCase = 10;
    private const double TargetSeconds = 60;
    private const int TargetEvents = 1_000_000;

    public async Task RunAsync(BenchmarkOptions options, Report report, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync();
        report.Heading($"Audit: {options.Events.ToString("N0", CultureInfo.InvariantCulture)} events");
        await CaseRows.Insert(host.Database, new CaseRows { Department = "market-regulation", Count = options.Events / EventsOfCase, Today = TestSettings.Now.Day() }, ct);
        await Sql.ExecuteAsync(host.Database, NumberCases, ct);
        await WriteChains(host, ct);
        await Sql.ExecuteAsync(host.Database, "VACUUM ANALYZE", ct);
        var before = GC.GetTotalAllocatedBytes();
        var begun = Stopwatch.GetTimestamp();
        var (events, faults) = await Verify(host, ct);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        report.Table(["events", "faults found", "seconds", "events/s", "seconds for 1,000,000", "target s", "met", "MB allocated"],
        [[
            events.ToString("N0", CultureInfo.InvariantCulture), Report.Figure(faults), Report.Figure(seconds), Report.Figure(events / seconds),
            Report.Figure(seconds * TargetEvents / events) + (events < TargetEvents ? " (extrapolated)" : ""), Report.Figure(TargetSeconds),
            Report.Met(seconds * TargetEvents / events <= TargetSeconds), Report.Figure((GC.GetTotalAllocatedBytes() - before) / 1048576.0),
        ]]);
        await Sql.ExecuteAsync(host.Database, Forge, ct);
        var (_, found) = await Verify(host, ct);
        report.Line($"One event changed behind the portal's back: {found} fault{(found == 1 ? "" : "s")} told.");
        if (faults > 0 || found == 0)
            throw new InvalidOperationException("The verification told faults that are not there, or did not see the forged event.");
    }

    private static Task<(int Events, int Faults)> Verify(BenchmarkHost host, CancellationToken ct) => host.InScope(async services =>
    {
        var (events, faults) = await services.GetServices<ICommandLineVerb>().OfType<VerifyAudit>().Single().Verify(ct);
        return (events, faults.Count);
    });

    /// <summary>Numbers in the portal's form, and what the counters of the days would say.</summary>
    private const string NumberCases = """
        WITH numbered AS (SELECT id, submitted_at::date AS day, row_number() OVER (PARTITION BY submitted_at::date ORDER BY id) AS n FROM cases.cases)
        UPDATE cases.cases c SET number = 'GX' || to_char(day, 'YYYYMMDD') || lpad(n::text, 6, '0') || '0' FROM numbered WHERE numbered.id = c.id;
        INSERT INTO cases.number_counters (day, last) SELECT submitted_at::date, count(*) FROM cases.cases GROUP BY 1;
        """;

    private const string Forge = """
        ALTER TABLE cases.events DISABLE TRIGGER events_append_only;
        UPDATE cases.events SET detail = '{"x":1}' WHERE sequence = 5 AND case_id = (SELECT min(id::text)::uuid FROM cases.cases);
        ALTER TABLE cases.events ENABLE TRIGGER events_append_only;
        """;

    private static async Task WriteChains(BenchmarkHost host, CancellationToken ct)
    {
        var cipher = host.Services.GetRequiredService<PersonalDataCipher>();
        await using var connection = new NpgsqlConnection(host.Database.ConnectionString);
        await connection.OpenAsync(ct);
        var heads = new List<(Guid Case, byte[] Head)>();
        foreach (var id in await CaseIds(connection, ct))
            heads.Add((id, []));
        await using (var rows = await connection.BeginBinaryImportAsync("COPY cases.events (case_id, sequence, kind, actor_id, actor, at, detail, link) FROM STDIN (FORMAT binary)", ct))
        {
            for (var i = 0; i < heads.Count; i++)
                heads[i] = (heads[i].Case, await WriteChain(rows, heads[i].Case, cipher, ct));
            await rows.CompleteAsync(ct);
        }

        await WriteHeads(connection, heads, ct);
    }

    private static async Task<byte[]> WriteChain(NpgsqlBinaryImporter rows, Guid caseId, PersonalDataCipher cipher, CancellationToken ct)
    {
        byte[] head = [];
        for (var sequence = 1; sequence <= EventsOfCase; sequence++)
        {
            var happened = new CaseEvent
            {
                CaseId = caseId,
                Sequence = sequence,
                Kind = sequence == 1 ? "Started" : sequence == EventsOfCase ? nameof(CaseAction.Submit) : "PageSaved",
                ActorId = caseId,
                Actor = "申请人",
                At = TestSettings.Now.AddSeconds(sequence),
                Detail = """{"id":"shareholders","answersHash":"0000000000000000000000000000000000000000000000000000000000000000"}""",
            }.Chain(head, cipher);
            head = happened.Link;
            await rows.StartRowAsync(ct);
            await rows.WriteAsync(happened.CaseId, ct);
            await rows.WriteAsync(happened.Sequence, ct);
            await rows.WriteAsync(happened.Kind, ct);
            await rows.WriteAsync(happened.ActorId, ct);
            await rows.WriteAsync(happened.Actor, ct);
            await rows.WriteAsync(happened.At, NpgsqlDbType.TimestampTz, ct);
            await rows.WriteAsync(happened.Detail, ct);
            await rows.WriteAsync(happened.Link, ct);
        }

        return head;
    }

    private static async Task<List<Guid>> CaseIds(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT id FROM cases.cases", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static async Task WriteHeads(NpgsqlConnection connection, List<(Guid Case, byte[] Head)> heads, CancellationToken ct)
    {
        await using var write = new NpgsqlCommand(
            "UPDATE cases.cases c SET event_count = $3, event_head = h.head FROM unnest($1, $2) AS h(id, head) WHERE c.id = h.id", connection)
        { CommandTimeout = 600 };
        foreach (var value in (object[])[heads.ConvertAll(h => h.Case), heads.ConvertAll(h => h.Head), EventsOfCase])
            write.Parameters.Add(new() { Value = value });
        await write.ExecuteNonQueryAsync(ct);
    }
}
