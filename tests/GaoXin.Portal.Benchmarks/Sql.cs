using System.Globalization;
using GaoXin.Portal.TestKit;
using Npgsql;

namespace GaoXin.Portal.Benchmarks;

/// <summary>A statement with its plan and the median of planning and execution.</summary>
internal sealed record Explained(string Sql, double Milliseconds, IReadOnlyList<string> Plan);

/// <summary>Statements of the benchmark itself.</summary>
internal static class Sql
{
    private const int LongTimeout = 1800;

    public static async Task ExecuteAsync(PortalDatabase database, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = LongTimeout };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>EXPLAIN (ANALYZE, BUFFERS) again and again on one connection, as a pooled one is warm; undone afterwards.</summary>
    public static async Task<Explained> ExplainAsync(PortalDatabase database, SentStatement statement, int repeats, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        var times = new List<double>();
        List<string> plan = [];
        for (var i = 0; i <= repeats; i++)
        {
            plan = await ExplainOnceAsync(connection, statement, ct);
            if (i > 0)
                times.Add(Time(plan, "Planning Time: ") + Time(plan, "Execution Time: "));
        }

        return new Explained(statement.Text, times.Median(), plan);
    }

    private static async Task<List<string>> ExplainOnceAsync(NpgsqlConnection connection, SentStatement statement, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var explain = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS) " + statement.Text, connection, transaction);
        explain.Parameters.AddRange(statement.Parameters.Select(p => p.Clone()).ToArray());
        await using var reader = await explain.ExecuteReaderAsync(ct);
        var plan = new List<string>();
        while (await reader.ReadAsync(ct))
            plan.Add(reader.GetString(0));
        return plan;
    }

    private static double Time(List<string> plan, string name) =>
        double.Parse(plan.Last(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
}
