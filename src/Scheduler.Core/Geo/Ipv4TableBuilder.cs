using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>Makes an <see cref="Ipv4Table"/> from runs, in one pass.</summary>
internal sealed class Ipv4TableBuilder
{
    private const int LowBits = 32 - Ipv4Table.DirectoryBits;
    private const long SlotSize = 1L << LowBits;
    private const long End = 1L << 32;

    private readonly uint[] _directory = new uint[1 << Ipv4Table.DirectoryBits];
    private uint[] _runs;
    private int _used;
    private int _openAt;        // where the runs of the open slot begin
    private long _openSlot = -1; // the directory entry whose runs are being written; -1 before the first
    private long _runStart;
    private ushort _runCode = CellCode.Unknown;

    /// <param name="expected">
    /// Words of all runs to come, as <see cref="Ipv4Table.RunWords"/> tells; a hint for the memory to set aside.
    /// </param>
    public Ipv4TableBuilder(int expected) => _runs = new uint[expected];

    /// <summary>Adds a run. Runs come in ascending order; addresses before the first one are unknown.</summary>
    /// <returns>False when the run does not begin after the one before it.</returns>
    public bool TryAppend(uint first, ushort code)
    {
        if (first == 0 && _runStart == 0)
        {
            _runCode = code;
            return true;
        }
        if (first <= _runStart) return false;
        Close(first);
        (_runStart, _runCode) = (first, code);
        return true;
    }

    /// <summary>The table. The builder is used up.</summary>
    public Ipv4Table Build()
    {
        Close(End);
        CloseSlot();
        if (_runs.Length != _used) Array.Resize(ref _runs, _used);
        return new Ipv4Table(_directory, _runs);
    }

    /// <summary>Writes the open run, which ends before an address.</summary>
    private void Close(long end)
    {
        long at = _runStart;
        while (at < end)
        {
            long slot = at >> LowBits, slotStart = slot << LowBits, slotEnd = slotStart + SlotSize;
            if (at == slotStart && end >= slotEnd)
                _directory[slot] = Ipv4Table.WholeFlag | ((uint)PrefixLength(slotStart, end) << 16) | _runCode;
            else
                AddToSlot(slot, (uint)(at - slotStart));
            at = slotEnd;
        }
    }

    /// <summary>Length of the largest block that starts with a whole directory entry's block and stays inside the open run.</summary>
    private int PrefixLength(long slotStart, long end)
    {
        int before = _runStart == 0 ? 32 : BitOperations.Log2((ulong)(slotStart ^ (_runStart - 1)));
        int after = end == End ? 32 : BitOperations.Log2((ulong)(slotStart ^ end));
        return 32 - Math.Min(before, after);
    }

    private void AddToSlot(long slot, uint low)
    {
        if (_openSlot != slot)
        {
            CloseSlot();
            (_openSlot, _openAt) = (slot, _used);
        }
        Reserve(1);
        _runs[_used++] = (low << 16) | _runCode;
    }

    /// <summary>Fills the open slot's runs up to whole blocks and enters them in the directory.</summary>
    private void CloseSlot()
    {
        if (_openSlot < 0) return;
        int lacking = -_used & (Ipv4Table.BlockWords - 1);
        Reserve(lacking);
        _runs.AsSpan(_used, lacking).Fill(Ipv4Table.Filler);
        _used += lacking;
        int blocks = (_used - _openAt) / Ipv4Table.BlockWords;
        uint place = (uint)(_openAt / Ipv4Table.BlockWords);
        if (blocks <= Ipv4Table.MostInDirectory)
        {
            _directory[_openSlot] = ((uint)blocks << Ipv4Table.CountShift) | place;
            return;
        }
        Reserve(Ipv4Table.BlockWords);
        Array.Copy(_runs, _openAt, _runs, _openAt + Ipv4Table.BlockWords, _used - _openAt);
        _runs[_openAt] = (uint)blocks;
        _used += Ipv4Table.BlockWords;
        _directory[_openSlot] = place;
    }

    private void Reserve(int words)
    {
        if (_used + words > _runs.Length) Array.Resize(ref _runs, (_runs.Length * 3 / 2) + words);
    }
}
