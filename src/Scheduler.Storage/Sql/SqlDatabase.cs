using System.Data.Common;

namespace Scheduler.Storage.Sql;

/// <summary>
/// A database of either engine. The stores beside this class are written once, in the SQL that both understand; where the engines differ, a member of this class says how.
/// </summary>
internal abstract class SqlDatabase : IAsyncDisposable
{
    /// <summary>Runs a read; all of its statements see the database as of one moment.</summary>
    /// <param name="read">The read.</param>
    /// <param name="cancellation">Ends the wait, before the read begins.</param>
    /// <exception cref="StoreException">The database failed.</exception>
    public abstract ValueTask<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation);

    /// <summary>Runs a write in one transaction, which is committed when the call returns and undone when it throws.</summary>
    /// <param name="turn">What it reads and then writes: who else does, waits for its end, and sees what it wrote.</param>
    /// <param name="write">The write.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <exception cref="StoreException">The database failed; when it failed at the end, it is open whether the write happened.</exception>
    public abstract ValueTask<T> WriteAsync<T>(WriteTurn turn, Func<DbConnection, Task<T>> write, CancellationToken cancellation);

    /// <summary>Within a write: true when a fence is that of the lease, which cannot change hands before the write has ended.</summary>
    /// <param name="connection">That of the write.</param>
    /// <param name="fence">The fence.</param>
    public abstract Task<bool> LeadsAsync(DbConnection connection, long fence);

    /// <summary>Within a write: numbers of the audit log go on behind those of the rows that were restored.</summary>
    /// <param name="connection">That of the write.</param>
    public abstract Task ContinueAuditNumbersAsync(DbConnection connection);

    /// <summary>Closes it.</summary>
    public abstract ValueTask DisposeAsync();
}
