using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>The samples of the month in memory.</summary>
public sealed class MemoryMeterStore : IMeterStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTimeOffset, MeterSlot> _slots = [];

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyCollection<MeterSlot> slots, CancellationToken cancellation)
    {
        lock (_lock)
        {
            foreach (MeterSlot slot in slots) _slots.TryAdd(slot.Start, slot);
        }
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<MeterSlot>> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return new([.. _slots.Values.Where(slot => slot.Start >= since && slot.Start < until)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        lock (_lock)
        {
            DateTimeOffset[] old = [.. _slots.Keys.Where(start => start < before)];
            foreach (DateTimeOffset start in old) _slots.Remove(start);
            return new(old.Length);
        }
    }
}
