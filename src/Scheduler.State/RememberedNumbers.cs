using System.Collections.Immutable;
using Scheduler.State.Ports;

namespace Scheduler.State;

/// <summary>Numbers are permanent: what a store once gave need not be asked for again, and can be told while the store is gone.</summary>
/// <param name="store">Gives the numbers that are not known yet.</param>
public sealed class RememberedNumbers(INumberStore store) : INumberStore
{
    private readonly Lock _gate = new();
    private volatile ImmutableDictionary<(NumberKind Kind, string Name), int> _known = ImmutableDictionary<(NumberKind, string), int>.Empty;

    /// <summary>All that are known; the same object until another one is learnt.</summary>
    public ImmutableDictionary<(NumberKind Kind, string Name), int> Known => _known;

    /// <summary>Takes in numbers that the store gave to an earlier process.</summary>
    /// <param name="numbers">The numbers.</param>
    public void Remember(IEnumerable<KeyValuePair<(NumberKind Kind, string Name), int>> numbers)
    {
        lock (_gate) _known = _known.SetItems(numbers);
    }

    /// <inheritdoc/>
    public async ValueTask<int[]> NumberAsync(NumberKind kind, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(names);
        ImmutableDictionary<(NumberKind Kind, string Name), int> known = _known;
        string[] unknown = [.. names.Where(name => !known.ContainsKey((kind, name)))];
        if (unknown.Length > 0)
        {
            int[] given = await store.NumberAsync(kind, unknown, cancellation);
            Remember(unknown.Zip(given, (name, number) => KeyValuePair.Create((kind, name), number)));
            known = _known;
        }

        return [.. names.Select(name => known[(kind, name)])];
    }
}
