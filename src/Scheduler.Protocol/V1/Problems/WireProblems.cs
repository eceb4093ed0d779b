using System.Runtime.InteropServices;

namespace Scheduler.Protocol.V1.Problems;

/// <summary>
/// Everything wrong with a request. Costs nothing until something is. Pass by reference: a copy made before the first problem misses it.
/// </summary>
public struct WireProblems
{
    /// <summary>Most problems that are kept: beyond it a caller learns nothing, and an answer must not dwarf its request.</summary>
    public const int MaxCount = 64;

    private List<WireProblem>? _list;

    /// <summary>How many there are, at most <see cref="MaxCount"/>.</summary>
    public readonly int Count => _list?.Count ?? 0;

    /// <summary>The problems, in the order in which they were found.</summary>
    public readonly ReadOnlySpan<WireProblem> All => CollectionsMarshal.AsSpan(_list);

    /// <summary>Adds a problem.</summary>
    /// <param name="field">Where; see <see cref="WireProblem.Field"/>.</param>
    /// <param name="reason">What; see <see cref="WireProblem.Reason"/>.</param>
    public void Add(string field, string reason)
    {
        _list ??= [];
        if (_list.Count < MaxCount) _list.Add(new WireProblem(field, reason));
    }
}
