using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace GaoXin.Portal.Benchmarks;

/// <summary>A statement as it was sent, with its parameters.</summary>
internal sealed record SentStatement(string Text, IReadOnlyList<NpgsqlParameter> Parameters);

/// <summary>Keeps what EF sends while somebody listens, so that what is explained is what runs.</summary>
internal sealed class CapturedStatements : DbCommandInterceptor
{
    private volatile List<SentStatement>? _kept;

    public async Task<IReadOnlyList<SentStatement>> During(Func<Task> work)
    {
        var kept = new List<SentStatement>();
        _kept = kept;
        try
        {
            await work();
        }
        finally
        {
            _kept = null;
        }

        return kept;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (_kept is { } kept)
        {
            var parameters = command.Parameters.Cast<NpgsqlParameter>().Select(p => p.Clone()).ToList();
            lock (kept)
                kept.Add(new SentStatement(command.CommandText, parameters));
        }

        return ValueTask.FromResult(result);
    }
}
