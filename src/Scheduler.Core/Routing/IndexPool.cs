using System.Collections.Immutable;

namespace Scheduler.Core.Routing;

/// <summary>Indexes that are free again, each with the moment from which it may be given out.</summary>
/// <param name="Resting">Free indexes and the monotonic time, ms, at which their rest ends.</param>
internal sealed record IndexPool(ImmutableArray<(int Index, long UntilMs)> Resting)
{
    /// <summary>No request holds a snapshot for longer than this.</summary>
    private const long RestMs = 60_000;

    public static IndexPool Empty { get; } = new(ImmutableArray<(int, long)>.Empty);

    /// <summary>
    /// Gives each number its index: the one it had, else one that has rested, else a new one at the end.
    /// </summary>
    /// <param name="numbers">Permanent numbers, distinct.</param>
    /// <param name="had">The index each number had.</param>
    /// <param name="bound">One over the greatest index that was ever given.</param>
    /// <param name="nowMs">Monotonic time, ms.</param>
    /// <returns>The indexes in the order of the numbers, the new bound, and the pool that is left.</returns>
    public (int[] Indexes, int Bound, IndexPool Left) Assign(IReadOnlyList<int> numbers, IReadOnlyDictionary<int, int> had, int bound, long nowMs)
    {
        var kept = new HashSet<int>(numbers);
        var rested = new Queue<int>(Resting.Where(r => r.UntilMs <= nowMs).Select(r => r.Index));
        var indexes = new int[numbers.Count];
        for (int i = 0; i < indexes.Length; i++)
            indexes[i] = had.TryGetValue(numbers[i], out int index) ? index : rested.Count > 0 ? rested.Dequeue() : bound++;
        var left = rested.Select(index => (index, nowMs))
            .Concat(Resting.Where(r => r.UntilMs > nowMs))
            .Concat(had.Where(h => !kept.Contains(h.Key)).Select(h => (h.Value, nowMs + RestMs)));
        return (indexes, bound, new IndexPool([.. left]));
    }
}
