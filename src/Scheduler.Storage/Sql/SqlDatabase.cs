using System.Data.Common;
using System.Diagnostics;
using Scheduler.State.Telemetry;

namespace Scheduler.Storage.Sql;

/// <summary>
/// A database of either engine. The stores beside this class are written once, in the SQL that both understand; where the engines differ, a member of this class says how.
/// </summary>
internal abstract class SqlDatabase : IAsyncDisposable
{
    /// <summary>How long calls take.</summary>
    public StoreDurations Durations { get; } = new(TimeProvider.System);

    /// <summary>Runs a read; all of its statements see the database as of one moment.</summary>
    /// <param name="read">The read.</param>
    /// <param name="cancellation">Ends the wait, before the read begins.</param>
    /// <exception cref="StoreException">The database failed.</exception>
    public ValueTask<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation)
        => MeasureAsync("store read", Durations.Reads, () => RunReadAsync(read, cancellation));

    /// <summary>Runs a write in one transaction, which is committed when the call returns and undone when it throws.</summary>
    /// <param name="turn">What it reads and then writes: who else does, waits for its end, and sees what it wrote.</param>
    /// <param name="write">The write.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <exception cref="StoreException">The database failed; when it failed at the end, it is open whether the write happened.</exception>
    public ValueTask<T> WriteAsync<T>(WriteTurn turn, Func<DbConnection, Task<T>> write, CancellationToken cancellation)
        => MeasureAsync("store write", Durations.Writes, () => RunWriteAsync(turn, write, cancellation));

    /// <summary>Within a write: true when a fence is that of the lease, which cannot change hands before the write has ended.</summary>
    /// <param name="connection">That of the write.</param>
    /// <param name="fence">The fence.</param>
    public abstract Task<bool> LeadsAsync(DbConnection connection, long fence);

    /// <summary>Within a read or a write: its statements may take as long as they need, since the whole store is read or written.</summary>
    /// <param name="connection">That of the read or write.</param>
    public abstract Task LiftLimitsAsync(DbConnection connection);

    /// <summary>Within a write: numbers of the audit log go on behind those of the rows that were restored.</summary>
    /// <param name="connection">That of the write.</param>
    public abstract Task ContinueAuditNumbersAsync(DbConnection connection);

    /// <summary>
    /// The newest rows of the audit log whose reason matches <c>@pattern</c> and whose number is less than <c>@before</c>, at most <c>@limit</c>, by an index of the text; null
    /// where there is none.
    /// </summary>
    public virtual string? AuditByText => null;

    /// <summary>Closes it.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a read, as <see cref="ReadAsync"/> says.</summary>
    protected abstract ValueTask<T> RunReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation);

    /// <summary>Runs a write, as <see cref="WriteAsync"/> says.</summary>
    protected abstract ValueTask<T> RunWriteAsync<T>(WriteTurn turn, Func<DbConnection, Task<T>> write, CancellationToken cancellation);

    private static async ValueTask<T> MeasureAsync<T>(string name, DurationHistogram durations, Func<ValueTask<T>> call)
    {
        using Activity? span = SchedulerInstruments.Spans.StartActivity(name, ActivityKind.Client);
        long began = durations.Now;
        try
        {
            return await call();
        }
        catch (StoreException fault)
        {
            span?.SetStatus(ActivityStatusCode.Error, fault.Message);
            throw;
        }
        finally
        {
            durations.Since(began);
        }
    }
}
