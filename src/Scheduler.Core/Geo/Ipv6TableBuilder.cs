namespace Scheduler.Core.Geo;

/// <summary>Makes an <see cref="Ipv6Table"/> from runs, in one pass.</summary>
internal sealed class Ipv6TableBuilder
{
    private readonly Ipv6LeafWriter leaves;
    private readonly List<UInt128> splitStarts;
    private readonly List<ushort> splitCodes;
    private UInt128 lastFirst;
    private ushort lastCode = CellCode.Unknown;

    /// <param name="expected">Sizes to come, as <see cref="Ipv6Table.Sizes"/> tells; a hint for the memory to set aside.</param>
    public Ipv6TableBuilder((int Leaves, int Splits) expected)
    {
        leaves = new Ipv6LeafWriter(expected.Leaves);
        (splitStarts, splitCodes) = (new(expected.Splits), new(expected.Splits));
        leaves.Add(0, CellCode.Unknown);
    }

    /// <summary>Adds a run. Runs come in ascending order; addresses before the first one are unknown.</summary>
    /// <returns>False when the run does not begin after the one before it.</returns>
    public bool TryAppend(UInt128 first, ushort code)
    {
        if (first == 0 && lastFirst == 0)
        {
            leaves.LastCode = lastCode = code;
            return true;
        }
        if (first <= lastFirst) return false;
        ulong high = (ulong)(first >> 64);
        CloseSplit(high);
        if ((ulong)first == 0)
        {
            // CloseSplit may have opened this very /64 for the run before.
            if (leaves.LastStart == high) leaves.LastCode = code;
            else leaves.Add(high, code);
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
        if (leaves.LastStart != ulong.MaxValue) CloseSplit(ulong.MaxValue);
        return leaves.Build([.. splitStarts], [.. splitCodes]);
    }

    /// <summary>Where the run before ended inside a divided /64 that lies behind, it goes on from the next /64.</summary>
    private void CloseSplit(ulong high)
    {
        if (leaves.LastCode == Ipv6Table.Split && leaves.LastStart < high) leaves.Add(leaves.LastStart + 1, lastCode);
    }

    /// <summary>Makes the last entry a divided /64, whose first run is the one that held its first address so far.</summary>
    private void Divide(ulong high)
    {
        if (leaves.LastCode == Ipv6Table.Split && leaves.LastStart == high) return;
        splitStarts.Add((UInt128)high << 64);
        splitCodes.Add(lastCode);
        if (leaves.LastStart == high) leaves.LastCode = Ipv6Table.Split;
        else leaves.Add(high, Ipv6Table.Split);
    }
}
