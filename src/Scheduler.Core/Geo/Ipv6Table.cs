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

    private readonly PivotTree bases; // the first start of each leaf
    private readonly byte[] shifts;   // the step of each leaf's distances, as a power of two
    private readonly uint[] leaves;
    private readonly UInt128[] splitStarts;
    private readonly ushort[] splitCodes;

    internal Ipv6Table(PivotTree bases, byte[] shifts, uint[] leaves, UInt128[] splitStarts, ushort[] splitCodes)
    {
        (this.bases, this.shifts, this.leaves) = (bases, shifts, leaves);
        (this.splitStarts, this.splitCodes) = (splitStarts, splitCodes);
    }

    /// <summary>Bytes of all arrays.</summary>
    public long Bytes => bases.Bytes + shifts.Length + (4L * leaves.Length) + (18L * splitStarts.Length);

    /// <summary>Sizes of the arrays, for the next builder.</summary>
    public (int Leaves, int Splits) Sizes => (bases.Count, splitStarts.Length);

    /// <summary>The code of an address, and the length of the largest block around it with the same answer.</summary>
    public ushort Find(ulong high, ulong low, out byte prefixLength)
    {
        int leaf = bases.Find(high);
        ulong origin = bases[leaf];
        int shift = shifts[leaf];
        ReadOnlySpan<uint> words = leaves.AsSpan(leaf * LeafWords, LeafWords);
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
        for (int i = 0; i < bases.Count * LeafRuns; i++)
        {
            int leaf = i / LeafRuns, at = i % LeafRuns;
            uint distance = leaves[(leaf * LeafWords) + at];
            if (distance == Unused) continue;
            ulong start = bases[leaf] + ((ulong)distance << shifts[leaf]);
            ushort code = CodeAt(leaves.AsSpan(leaf * LeafWords, LeafWords), at);
            if (code != Split) yield return new CellRun((UInt128)start << 64, code);
            else
            {
                for (; split < splitStarts.Length && (ulong)(splitStarts[split] >> 64) == start; split++)
                    yield return new CellRun(splitStarts[split], splitCodes[split]);
            }
        }
    }

    private static ushort CodeAt(ReadOnlySpan<uint> words, int at) => (ushort)(words[LeafRuns + (at >> 1)] >> (16 * (at & 1)));

    private bool TryNext(int leaf, ReadOnlySpan<uint> words, int at, out ulong next)
    {
        bool inLeaf = at + 1 < LeafRuns && words[at + 1] != Unused;
        bool any = inLeaf || leaf + 1 < bases.Count;
        next = inLeaf ? bases[leaf] + ((ulong)words[at + 1] << shifts[leaf]) : any ? bases[leaf + 1] : 0;
        return any;
    }

    private ushort FindSplit(ulong high, ulong low, out byte prefixLength)
    {
        int at = Array.BinarySearch(splitStarts, new UInt128(high, low));
        if (at < 0) at = ~at - 1; // never before the first: every divided /64 has a run that begins with it
        ulong start = (ulong)splitStarts[at];
        int before = start == 0 ? 64 : BitOperations.Log2(low ^ (start - 1));
        bool last = at + 1 == splitStarts.Length || (ulong)(splitStarts[at + 1] >> 64) != high;
        int after = last ? 64 : BitOperations.Log2(low ^ (ulong)splitStarts[at + 1]);
        prefixLength = (byte)(128 - Math.Min(before, after));
        return splitCodes[at];
    }
}
