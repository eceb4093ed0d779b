using System.Collections.Immutable;

namespace Scheduler.State.Ports;

/// <summary>Keeps the five-minute samples of the month, so that a restart does not forget what bandwidth is billed at. The leader writes, a slot at a time.</summary>
public interface IMeterStore
{
    /// <summary>Keeps slots, all or none; a slot that is kept already stays as it is.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    ValueTask AppendAsync(IReadOnlyCollection<MeterSlot> slots, CancellationToken cancellation);

    /// <summary>The slots that began in a half-open span of time, the oldest first.</summary>
    /// <param name="since">The first moment of the span.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ImmutableArray<MeterSlot>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Deletes old slots.</summary>
    /// <param name="before">Those that began before this time.</param>
    /// <param name="cancellation">Ends the wait, before the write begins.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation);
}
