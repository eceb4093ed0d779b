using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Scheduler.Core.Geo;

/// <summary>
/// Answers for every IPv6 address. Runs are sorted by the upper 64 bits of their first address and packed in leaves of up to sixteen, which
/// lie under a <see cref="PivotTree"/>. A leaf keeps its starts as 32-bit distances from its first one, in steps of a power of two of its
/// own, with the codes right behind: an answer costs one read outside the cache. The few /64s that hold more than one run are kept apart,
/// at full width.
/// </summary>
internal sealed class Ipv6Table
{
    /// <summary>Runs of a leaf.</summary>
    public const int LeafRuns = 16;

    /// <summary>Words of a leaf: the distances, then the codes, two a word.</summary>
    public const int LeafWords = LeafRuns + (LeafRuns / 2);

    /// <summary>The distance of an unused place; a true one is always below.</summary>
    public const uint Unused = uint.MaxValue;

    /// <summary>The code of a /64 that is divided further.</summary>
    public const ushort Split = ushort.MaxValue;

    private readonly PivotTree _bases; // the first start of each leaf
    private readonly byte[] _shifts;   // the step of each leaf's distances, as a power of two
    private readonly uint[] _leaves;
    private readonly UInt128[] _splitStarts;
    private readonly ushort[] _splitCodes;

    internal Ipv6Table(PivotTree bases, byte[] shifts, uint[] leaves, UInt128[] splitStarts, ushort[] splitCodes)
    {
        (_bases, _shifts, _leaves) = (bases, shifts, leaves);
        (_splitStarts, _splitCodes) = (splitStarts, splitCodes);
    }

    /// <summary>Bytes of all arrays.</summary>
    public long Bytes => _bases.Bytes + _shifts.Length + (4L * _leaves.Length) + (18L * _splitStarts.Length);

    /// <summary>Sizes of the arrays, for the next builder.</summary>
    public (int Leaves, int Splits) Sizes => (_bases.Count, _splitStarts.Length);

    /// <summary>The code of an address, and the length of the largest block around it with the same answer.</summary>
    public ushort Find(ulong high, ulong low, out byte prefixLength)
    {
        int leaf = _bases.Find(high);
        ulong origin = _bases[leaf];
        int shift = _shifts[leaf];
        ReadOnlySpan<uint> words = _leaves.AsSpan(leaf * LeafWords, LeafWords);
        uint distance = (uint)Math.Min((high - origin) >> shift, Unused - 1);

        ReadOnlySpan<Vector256<uint>> distances = MemoryMarshal.Cast<uint, Vector256<uint>>(words);
        Vector256<uint> wanted = Vector256.Create(distance);
        // Starts ascend, so those that are not above the address are the first ones: counting them is finding the last.
        uint notAbove = Vector256.LessThanOrEqual(distances[0], wanted).ExtractMostSignificantBits()
            | Vector256.LessThanOrEqual(distances[1], wanted).ExtractMostSignificantBits() << 8;
        int at = BitOperations.PopCount(notAbove) - 1;
        ushort code = CodeAt(words, at);
        if (code == Split) return FindSplit(high, low, out prefixLength);

        // The largest aligned block around the address that holds neither the /64 before the run nor the one after it.
        ulong start = origin + ((ulong)words[at] << shift);
        int before = start == 0 ? 64 : BitOperations.Log2(high ^ (start - 1));
        int after = TryNext(leaf, words, at, out ulong next) ? BitOperations.Log2(high ^ next) : 64;
        prefixLength = (byte)(64 - Math.Min(before, after));
        return code;
    }

    /// <summary>All runs in order; neighbours may have the same code around a divided /64.</summary>
    public IEnumerable<CellRun> Runs()
    {
        int split = 0;
        for (int i = 0; i < _bases.Count * LeafRuns; i++)
        {
            int leaf = i / LeafRuns, at = i % LeafRuns;
            uint distance = _leaves[(leaf * LeafWords) + at];
            if (distance == Unused) continue;
            ulong start = _bases[leaf] + ((ulong)distance << _shifts[leaf]);
            ushort code = CodeAt(_leaves.AsSpan(leaf * LeafWords, LeafWords), at);
            if (code != Split) yield return new CellRun((UInt128)start << 64, code);
            else
            {
                for (; split < _splitStarts.Length && (ulong)(_splitStarts[split] >> 64) == start; split++)
                    yield return new CellRun(_splitStarts[split], _splitCodes[split]);
            }
        }
    }

    private static ushort CodeAt(ReadOnlySpan<uint> words, int at) => (ushort)(words[LeafRuns + (at >> 1)] >> (16 * (at & 1)));

    private bool TryNext(int leaf, ReadOnlySpan<uint> words, int at, out ulong next)
    {
        bool inLeaf = at + 1 < LeafRuns && words[at + 1] != Unused;
        bool any = inLeaf || leaf + 1 < _bases.Count;
        next = inLeaf ? _bases[leaf] + ((ulong)words[at + 1] << _shifts[leaf]) : any ? _bases[leaf + 1] : 0;
        return any;
    }

    private ushort FindSplit(ulong high, ulong low, out byte prefixLength)
    {
        int at = Array.BinarySearch(_splitStarts, new UInt128(high, low));
        if (at < 0) at = ~at - 1; // never before the first: every divided /64 has a run that begins with it
        ulong start = (ulong)_splitStarts[at];
        int before = start == 0 ? 64 : BitOperations.Log2(low ^ (start - 1));
        bool last = at + 1 == _splitStarts.Length || (ulong)(_splitStarts[at + 1] >> 64) != high;
        int after = last ? 64 : BitOperations.Log2(low ^ (ulong)_splitStarts[at + 1]);
        prefixLength = (byte)(128 - Math.Min(before, after));
        return _splitCodes[at];
    }
}
