namespace Scheduler.Core.Geo;

/// <summary>Makes an <see cref="Ipv6Table"/> from runs, in one pass.</summary>
internal sealed class Ipv6TableBuilder
{
    private ulong[] starts;
    private ushort[] codes;
    private int used;
    private readonly List<UInt128> splitStarts;
    private readonly List<ushort> splitCodes;
    private UInt128 lastFirst;
    private ushort lastCode = CellCode.Unknown;

    /// <param name="expected">Entries to come, as <see cref="Ipv6Table.Sizes"/> tells; a hint for the memory to set aside.</param>
    public Ipv6TableBuilder((int Starts, int Splits) expected)
    {
        (starts, codes) = (new ulong[PivotTree.Padded(expected.Starts + 1)], new ushort[expected.Starts + 1]);
        (splitStarts, splitCodes) = (new(expected.Splits), new(expected.Splits));
        Add(0, CellCode.Unknown);
    }

    /// <summary>Adds a run. Runs come in ascending order; addresses before the first one are unknown.</summary>
    /// <returns>False when the run does not begin after the one before it.</returns>
    public bool TryAppend(UInt128 first, ushort code)
    {
        if (first == 0 && lastFirst == 0)
        {
            codes[0] = lastCode = code;
            return true;
        }
        if (first <= lastFirst) return false;
        ulong high = (ulong)(first >> 64);
        CloseSplit(high);
        if ((ulong)first == 0)
        {
            // CloseSplit may have opened this very /64 for the run before.
            if (starts[used - 1] == high) codes[used - 1] = code;
            else Add(high, code);
        }
        else
        {
            Divide(high);
            splitStarts.Add(first);
            splitCodes.Add(code);
        }
        (lastFirst, lastCode) = (first, code);
        return true;
    }

    /// <summary>The table. The builder is used up.</summary>
    public Ipv6Table Build()
    {
        if (codes[used - 1] == Ipv6Table.Split && starts[used - 1] != ulong.MaxValue) Add(starts[used - 1] + 1, lastCode);
        if (codes.Length > used + 1) Array.Resize(ref codes, used); // an entry too many is not worth a copy
        return new Ipv6Table(new PivotTree(starts, used), codes, [.. splitStarts], [.. splitCodes]);
    }

    /// <summary>Where the run before ended inside a divided /64 that lies behind, it goes on from the next /64.</summary>
    private void CloseSplit(ulong high)
    {
        if (codes[used - 1] == Ipv6Table.Split && starts[used - 1] < high) Add(starts[used - 1] + 1, lastCode);
    }

    /// <summary>Makes the last entry a divided /64, whose first run is the one that held its first address so far.</summary>
    private void Divide(ulong high)
    {
        if (codes[used - 1] == Ipv6Table.Split && starts[used - 1] == high) return;
        splitStarts.Add((UInt128)high << 64);
        splitCodes.Add(lastCode);
        if (starts[used - 1] == high) codes[used - 1] = Ipv6Table.Split;
        else Add(high, Ipv6Table.Split);
    }

    private void Add(ulong start, ushort code)
    {
        if (used == starts.Length) Array.Resize(ref starts, PivotTree.Padded(used * 3 / 2));
        if (used == codes.Length) Array.Resize(ref codes, (used * 3 / 2) + 1);
        (starts[used], codes[used]) = (start, code);
        used++;
    }
}
