using System.Collections.Immutable;
using Scheduler.State.Usage;

namespace Scheduler.State.Ports;

/// <summary>Keeps what was served, by hour. Each replica writes what it served itself, again and again while the hour lasts.</summary>
public interface IUsageStore
{
    /// <summary>Keeps hours, all or none, each in the place of what its writer said of it before.</summary>
    /// <param name="hours">The hours.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask KeepAsync(IReadOnlyCollection<UsageHour> hours, CancellationToken cancellation);

    /// <summary>The hours that began in a half-open span of time, of all writers, the oldest first.</summary>
    /// <param name="since">The first moment of the span.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ImmutableArray<UsageHour>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Deletes old hours.</summary>
    /// <param name="before">Those that began before this time.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation);
}
