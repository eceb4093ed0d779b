using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;
using Scheduler.Storage.Sql;

namespace Scheduler.Storage.Postgres;

/// <summary>
/// A PostgreSQL database behind a small pool. A call fails after some seconds at the latest, whether the server refuses, is gone or hangs, and the next one tries
/// anew; connections that died with the server are replaced before anything is asked over them.
/// </summary>
internal sealed class PostgresDatabase : SqlDatabase
{
    /// <summary>Begins every transaction.</summary>
    private readonly string _limits;

    private readonly bool _upgrades;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _isPrepared;

    private PostgresDatabase(NpgsqlConnectionStringBuilder settings, bool upgrades)
    {
        Source = PostgresAddress.Source(settings);
        _upgrades = upgrades;
        // The server's own limits beside that of the driver: a replica that stalls in the middle of a transaction must not keep its turn.
        _limits = $"SET LOCAL statement_timeout = '{settings.CommandTimeout}s'; SET LOCAL idle_in_transaction_session_timeout = '{2 * settings.CommandTimeout}s'; ";
    }

    /// <summary>Gives connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>A database that nobody has talked to yet.</summary>
    /// <param name="settings">From <see cref="PostgresAddress"/>.</param>
    /// <param name="upgrades">True to make the schema and bring an older one up to date; false to refuse any but that of this program.</param>
    public static PostgresDatabase Of(NpgsqlConnectionStringBuilder settings, bool upgrades) => new(settings, upgrades);

    /// <summary>Makes sure that the schema is that of this program, once: calls do so themselves where nobody has done it before.</summary>
    /// <param name="cancellation">Ends the wait for another caller.</param>
    /// <exception cref="StoreException">The server cannot be reached, refuses, is too old, or a newer version made the schema.</exception>
    public async ValueTask PrepareAsync(CancellationToken cancellation)
    {
        if (_isPrepared) return;
        await _preparing.WaitAsync(cancellation);
        try
        {
            if (_isPrepared) return;
            await using NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellation);
            await PostgresSchema.PrepareAsync(connection, _upgrades);
            _isPrepared = true;
        }
        catch (Exception cause) when (PostgresFault.IsOfStore(cause))
        {
            throw PostgresFault.Told(cause);
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<T> RunReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
        => RunAsync(IsolationLevel.RepeatableRead, "SET TRANSACTION READ ONLY", read, cancellation);

    /// <inheritdoc/>
    /// <remarks>
    /// A turn is the lock of a row, and the isolation is READ COMMITTED: who has waited for the row sees what was committed before he got it, so nothing is written upon
    /// what has changed meanwhile, and nobody has to try again as with SERIALIZABLE.
    /// </remarks>
    protected override ValueTask<T> RunWriteAsync<T>(WriteTurn turn, Func<DbConnection, Task<T>> write, CancellationToken cancellation)
    {
        string first = turn == WriteTurn.None ? "SELECT 1" : $"SELECT 1 FROM turns WHERE what = '{turn.ToString().ToLowerInvariant()}' FOR UPDATE";
        return RunAsync(IsolationLevel.ReadCommitted, first, write, cancellation);
    }

    /// <inheritdoc/>
    public override async Task<bool> LeadsAsync(DbConnection connection, long fence)
        => await connection.ExecuteScalarAsync<long?>("SELECT fence FROM lease WHERE fence = @fence FOR SHARE", new { fence }) is not null;

    /// <inheritdoc/>
    /// <remarks>Those of the server: it counts the time too in which nobody takes what it sends. The driver waits for each answer anew.</remarks>
    public override Task LiftLimitsAsync(DbConnection connection)
        => connection.ExecuteAsync("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");

    /// <inheritdoc/>
    public override Task ContinueAuditNumbersAsync(DbConnection connection) => connection.ExecuteAsync(
        "SELECT setval(pg_get_serial_sequence('audit', 'number'), (SELECT max(number) FROM audit)) WHERE EXISTS (SELECT 1 FROM audit)");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        _preparing.Dispose();
    }

    private async ValueTask<T> RunAsync<T>(IsolationLevel isolation, string first, Func<DbConnection, Task<T>> operation, CancellationToken cancellation)
    {
        await PrepareAsync(cancellation);
        try
        {
            await using NpgsqlTransaction transaction = await BeginAsync(isolation, _limits + first, cancellation);
            await using NpgsqlConnection connection = transaction.Connection!;
            T result = await operation(connection);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (Exception cause) when (PostgresFault.IsOfStore(cause))
        {
            throw PostgresFault.Told(cause);
        }
    }

    /// <summary>
    /// A transaction whose first statements the server has answered. A pooled connection may have died with the server that it belonged to, which shows only when it is used:
    /// nothing has been asked by then, so a new one takes its place.
    /// </summary>
    private async Task<NpgsqlTransaction> BeginAsync(IsolationLevel isolation, string statements, CancellationToken cancellation)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellation);
            try
            {
                NpgsqlTransaction transaction = await connection.BeginTransactionAsync(isolation, cancellation);
                await connection.ExecuteAsync(new CommandDefinition(statements, cancellationToken: cancellation));
                return transaction;
            }
            catch (Exception cause)
            {
                bool hasDied = connection.State != ConnectionState.Open && cause is NpgsqlException { InnerException: not TimeoutException };
                await connection.DisposeAsync();
                if (!isFirst || !hasDied) throw;
                Source.Clear(); // those that are left are as old
            }
        }
    }
}
