using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>Makes an <see cref="Ipv4Table"/> from runs, in one pass.</summary>
internal sealed class Ipv4TableBuilder
{
    private const int LowBits = 32 - Ipv4Table.DirectoryBits;
    private const long SlotSize = 1L << LowBits;
    private const long End = 1L << 32;

    private readonly uint[] _directory = new uint[1 << Ipv4Table.DirectoryBits];
    private uint[] _blocks;
    private int _used;
    private int _blockHead;
    private long _openBlock = -1; // the directory entry whose block is being filled; -1 before the first
    private long _runStart;
    private ushort _runCode = CellCode.Unknown;

    /// <param name="expected">
    /// Words of all blocks to come, as <see cref="Ipv4Table.BlockWords"/> tells; a hint for the memory to set aside.
    /// </param>
    public Ipv4TableBuilder(int expected) => _blocks = new uint[expected];

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
        if (_blocks.Length != _used) Array.Resize(ref _blocks, _used);
        return new Ipv4Table(_directory, _blocks);
    }

    /// <summary>Writes the open run, which ends before an address.</summary>
    private void Close(long end)
    {
        long at = _runStart;
        while (at < end)
        {
            long slot = at >> LowBits, slotStart = slot << LowBits, slotEnd = slotStart + SlotSize;
            if (at == slotStart && end >= slotEnd)
                _directory[slot] = (1u << 31) | ((uint)PrefixLength(slotStart, end) << 16) | _runCode;
            else
                AddToBlock(slot, (uint)(at - slotStart));
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

    private void AddToBlock(long slot, uint low)
    {
        if (_used + 2 > _blocks.Length) Array.Resize(ref _blocks, (_blocks.Length * 3 / 2) + 2);
        if (_openBlock != slot)
        {
            (_openBlock, _blockHead) = (slot, _used++);
            _directory[slot] = (uint)_blockHead;
        }
        _blocks[_blockHead]++;
        _blocks[_used++] = (low << 16) | _runCode;
    }
}
