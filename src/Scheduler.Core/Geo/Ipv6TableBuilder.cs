namespace Scheduler.Core.Geo;

/// <summary>Makes an <see cref="Ipv6Table"/> from runs, in one pass.</summary>
internal sealed class Ipv6TableBuilder
{
    private readonly Ipv6LeafWriter _leaves;
    private readonly List<UInt128> _splitStarts;
    private readonly List<ushort> _splitCodes;
    private UInt128 _lastFirst;
    private ushort _lastCode = CellCode.Unknown;

    /// <param name="expected">Sizes to come, as <see cref="Ipv6Table.Sizes"/> tells; a hint for the memory to set aside.</param>
    public Ipv6TableBuilder((int Leaves, int Splits) expected)
    {
        _leaves = new Ipv6LeafWriter(expected.Leaves);
        (_splitStarts, _splitCodes) = (new(expected.Splits), new(expected.Splits));
        _leaves.Add(0, CellCode.Unknown);
    }

    /// <summary>Adds a run. Runs come in ascending order; addresses before the first one are unknown.</summary>
    /// <returns>False when the run does not begin after the one before it.</returns>
    public bool TryAppend(UInt128 first, ushort code)
    {
        if (first == 0 && _lastFirst == 0)
        {
            _leaves.LastCode = _lastCode = code;
            return true;
        }
        if (first <= _lastFirst) return false;
        ulong high = (ulong)(first >> 64);
        CloseSplit(high);
        if ((ulong)first == 0)
        {
            // CloseSplit may have opened this very /64 for the run before.
            if (_leaves.LastStart == high) _leaves.LastCode = code;
            else _leaves.Add(high, code);
        }
        else
        {
            Divide(high);
            _splitStarts.Add(first);
            _splitCodes.Add(code);
        }
        (_lastFirst, _lastCode) = (first, code);
        return true;
    }

    /// <summary>The table. The builder is used up.</summary>
    public Ipv6Table Build()
    {
        if (_leaves.LastStart != ulong.MaxValue) CloseSplit(ulong.MaxValue);
        return _leaves.Build([.. _splitStarts], [.. _splitCodes]);
    }

    /// <summary>Where the run before ended inside a divided /64 that lies behind, it goes on from the next /64.</summary>
    private void CloseSplit(ulong high)
    {
        if (_leaves.LastCode == Ipv6Table.Split && _leaves.LastStart < high) _leaves.Add(_leaves.LastStart + 1, _lastCode);
    }

    /// <summary>Makes the last entry a divided /64, whose first run is the one that held its first address so far.</summary>
    private void Divide(ulong high)
    {
        if (_leaves.LastCode == Ipv6Table.Split && _leaves.LastStart == high) return;
        _splitStarts.Add((UInt128)high << 64);
        _splitCodes.Add(_lastCode);
        if (_leaves.LastStart == high) _leaves.LastCode = Ipv6Table.Split;
        else _leaves.Add(high, Ipv6Table.Split);
    }
}
