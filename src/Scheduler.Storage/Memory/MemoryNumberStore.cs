using Scheduler.State.Ports;

namespace Scheduler.Storage.Memory;

/// <summary>Permanent numbers in memory.</summary>
public sealed class MemoryNumberStore : INumberStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NumberKind, Dictionary<string, int>> _numbers = [];

    /// <inheritdoc/>
    public ValueTask<int[]> NumberAsync(NumberKind kind, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!_numbers.TryGetValue(kind, out Dictionary<string, int>? numbers)) _numbers[kind] = numbers = new(StringComparer.Ordinal);
            int[] result = new int[names.Count];
            for (int i = 0; i < result.Length; i++)
            {
                numbers.TryAdd(names[i], numbers.Count + 1);
                result[i] = numbers[names[i]];
            }

            return new(result);
        }
    }
}
