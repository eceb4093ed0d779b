using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>Who called the admin API for what. Records are appended and, when they are old, deleted; never changed.</summary>
public interface IAuditLog
{
    /// <summary>Appends records, all or none.</summary>
    /// <param name="records">The records, the oldest first.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask AppendAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellation);

    /// <summary>Records, the newest first.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ImmutableArray<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellation);

    /// <summary>Deletes old records.</summary>
    /// <param name="before">Those answered before this time.</param>
    /// <param name="most">How many at most; at least 1: a store must not be held up for long.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> PruneAsync(DateTimeOffset before, int most, CancellationToken cancellation);
}
