using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GaoXin.Portal.TestKit;

/// <summary>Keeps the SQL a host sends, one entry a command. Transaction control is not counted.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _statements = new();

    /// <summary>All statements so far.</summary>
    public IReadOnlyList<string> All => [.. _statements];

    /// <summary>The statements sent while the work ran. Only meaningful when nothing else runs on the host.</summary>
    public async Task<IReadOnlyList<string>> During(Func<Task> work)
    {
        var before = _statements.Count;
        await work();
        return [.. _statements.Skip(before)];
    }

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Keep(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Keep(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => Keep(command, result);

    private ValueTask<T> Keep<T>(DbCommand command, T result)
    {
        _statements.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
