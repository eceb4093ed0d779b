using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Scheduler.Core.Geo;

/// <summary>
/// Finds a key's place in a sorted array. Above the array lie levels that each keep every sixteenth key of the one below; a search reads
/// one node of 16 keys a level, all of them at once. Unlike in a binary search there is no branch to guess wrong, so the memory reads of
/// several searches overlap, and only the two lowest levels of a map of the world are outside the cache.
/// </summary>
internal sealed class PivotTree
{
    private const int NodeKeys = 16;

    private readonly ulong[][] _levels; // the topmost first, the keys themselves last; each filled up to whole nodes with the highest number

    /// <param name="keys">Ascending and distinct, at least one; the first is 0.</param>
    /// <param name="count">How many of them count. Their array is kept when it has room for whole nodes: see <see cref="Padded"/>.</param>
    public PivotTree(ulong[] keys, int count)
    {
        Count = count;
        var bottomUp = new List<ulong[]>();
        if (keys.Length != Padded(count)) Array.Resize(ref keys, Padded(count));
        keys.AsSpan(count).Fill(ulong.MaxValue);
        bottomUp.Add(keys);
        for (int nodes = keys.Length / NodeKeys; nodes > 1; nodes = bottomUp[^1].Length / NodeKeys)
        {
            ulong[] pivots = new ulong[Padded(nodes)];
            Array.Fill(pivots, ulong.MaxValue);
            for (int i = 0; i < nodes; i++) pivots[i] = bottomUp[^1][i * NodeKeys];
            bottomUp.Add(pivots);
        }
        bottomUp.Reverse();
        _levels = [.. bottomUp];
    }

    /// <summary>Keys.</summary>
    public int Count { get; }

    /// <summary>Bytes of all levels.</summary>
    public long Bytes => _levels.Sum(level => (long)sizeof(ulong) * level.Length);

    /// <summary>The key at an index under <see cref="Count"/>.</summary>
    public ulong this[int index] => _levels[^1][index];

    /// <summary>Length of an array that holds so many keys in whole nodes.</summary>
    public static int Padded(int keys) => (keys + NodeKeys - 1) / NodeKeys * NodeKeys;

    /// <summary>Index of the last key that is not above a value.</summary>
    public int Find(ulong value)
    {
        if (value == ulong.MaxValue) return Count - 1; // the filling is not above it and would be counted
        int at = 0;
        Vector256<ulong> wanted = Vector256.Create(value);
        foreach (ulong[] level in _levels)
        {
            ReadOnlySpan<Vector256<ulong>> node = MemoryMarshal.Cast<ulong, Vector256<ulong>>(level.AsSpan(at * NodeKeys, NodeKeys));
            // The keys are sorted, so those that are not above the value are the first ones: counting them is finding the last.
            uint notAbove = Vector256.LessThanOrEqual(node[0], wanted).ExtractMostSignificantBits()
                | Vector256.LessThanOrEqual(node[1], wanted).ExtractMostSignificantBits() << 4
                | Vector256.LessThanOrEqual(node[2], wanted).ExtractMostSignificantBits() << 8
                | Vector256.LessThanOrEqual(node[3], wanted).ExtractMostSignificantBits() << 12;
            at = (at * NodeKeys) + BitOperations.PopCount(notAbove) - 1;
        }
        return at;
    }
}
