using System.Collections.Immutable;
using Scheduler.State.Ports;
using Scheduler.State.Usage;

namespace Scheduler.Storage.Memory;

/// <summary>Hours of usage in memory.</summary>
public sealed class MemoryUsageStore : IUsageStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(DateTimeOffset Start, long Writer), UsageHour> _hours = [];

    /// <inheritdoc/>
    public ValueTask KeepAsync(IReadOnlyCollection<UsageHour> hours, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (UsageHour hour in hours) _hours[(hour.Start, hour.Writer)] = hour;
        }
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<UsageHour>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return new([.. _hours.Values.Where(hour => hour.Start >= since && hour.Start < until)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var old = _hours.Keys.Where(key => key.Start < before).ToArray();
            foreach (var key in old) _hours.Remove(key);
            return new(old.Length);
        }
    }
}
