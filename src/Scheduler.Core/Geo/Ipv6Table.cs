using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>
/// Answers for every IPv6 address. Runs are kept by the upper 64 bits of their first address, flat and sorted. The few /64s that hold more than one run are
/// kept apart, at full width.
/// </summary>
internal sealed class Ipv6Table
{
    /// <summary>The code of a /64 that is divided further.</summary>
    public const ushort Split = ushort.MaxValue;

    private readonly PivotTree starts;
    private readonly ushort[] codes; // one per start
    private readonly UInt128[] splitStarts;
    private readonly ushort[] splitCodes;

    internal Ipv6Table(PivotTree starts, ushort[] codes, UInt128[] splitStarts, ushort[] splitCodes) =>
        (this.starts, this.codes, this.splitStarts, this.splitCodes) = (starts, codes, splitStarts, splitCodes);

    /// <summary>Bytes of all arrays.</summary>
    public long Bytes => starts.Bytes + (2L * codes.Length) + (18L * splitStarts.Length);

    /// <summary>Sizes of the arrays, for the next builder.</summary>
    public (int Starts, int Splits) Sizes => (starts.Count, splitStarts.Length);

    /// <summary>The code of an address, and the length of the largest block around it with the same answer.</summary>
    public ushort Find(ulong high, ulong low, out byte prefixLength)
    {
        int at = starts.Find(high);
        ushort code = codes[at];
        if (code == Split) return FindSplit(high, low, out prefixLength);

        // The largest aligned block around the address that holds neither the /64 before the run nor the one after it.
        ulong start = starts[at];
        int before = start == 0 ? 64 : BitOperations.Log2(high ^ (start - 1));
        int after = at + 1 == starts.Count ? 64 : BitOperations.Log2(high ^ starts[at + 1]);
        prefixLength = (byte)(64 - Math.Min(before, after));
        return code;
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

    /// <summary>All runs in order; neighbours may have the same code around a divided /64.</summary>
    public IEnumerable<CellRun> Runs()
    {
        int split = 0;
        for (int i = 0; i < starts.Count; i++)
        {
            if (codes[i] != Split)
            {
                yield return new CellRun((UInt128)starts[i] << 64, codes[i]);
                continue;
            }
            for (; split < splitStarts.Length && (ulong)(splitStarts[split] >> 64) == starts[i]; split++)
                yield return new CellRun(splitStarts[split], splitCodes[split]);
        }
    }
}
