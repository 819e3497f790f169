using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>The program is dead: nothing that it still tries reaches the database.</summary>
public sealed class ProgramDiedException() : Exception("The program was killed here.");

/// <summary>
/// Kills the program at the n-th point between two statements, before a commit or right after one: every connection to the database is
/// cut off on the server, so open transactions and locks are lost, and whatever still runs in the old program fails from then on.
/// What was kept in memory goes with the host, which the test throws away.
/// </summary>
public sealed class SuddenDeath : IDbCommandInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor
{
    private readonly Func<string> _connectionString;
    private int _at;
    private int _passed;
    private volatile bool _dead;

    internal SuddenDeath(Func<string> connectionString) => _connectionString = connectionString;

    /// <summary>The program was killed and has not been started again.</summary>
    public bool HasCome => _dead;

    /// <summary>Comes at this point; 0 only counts.</summary>
    public void Arm(int at) => (_passed, _at) = (0, at);

    /// <summary>It comes no more; answers how many points were passed since it was armed.</summary>
    public int Disarm()
    {
        _at = 0;
        return _passed;
    }

    /// <summary>A new program has started: it lives.</summary>
    public void Forget() => (_at, _dead) = (0, false);

    public async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await Pass();
        return result;
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await Pass();
        return result;
    }

    public async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await Pass();
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Pass();
        return result;
    }

    public async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => await Pass();

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        _dead ? throw new ProgramDiedException() : ValueTask.FromResult(result);

    private async Task Pass()
    {
        if (_dead)
            throw new ProgramDiedException();
        if (Interlocked.Increment(ref _passed) != _at)
            return;
        _dead = true;
        await using var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString()) { Pooling = false }.ConnectionString);
        await other.OpenAsync();
        await using var cut = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", other);
        await cut.ExecuteScalarAsync();
        throw new ProgramDiedException();
    }
}
