using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>Packs starts and codes into the leaves of an <see cref="Ipv6Table"/>. The last entry may still be changed.</summary>
internal sealed class Ipv6LeafWriter
{
    private readonly ulong[] _openStarts = new ulong[Ipv6Table.LeafRuns];
    private readonly ushort[] _openCodes = new ushort[Ipv6Table.LeafRuns];
    private int _open;
    private ulong _openBits; // all bits that any distance of the open leaf has
    private ulong[] _bases;
    private byte[] _shifts;
    private uint[] _leaves;
    private int _count;

    /// <param name="expectedLeaves">Leaves to come; a hint for the memory to set aside.</param>
    public Ipv6LeafWriter(int expectedLeaves)
    {
        int room = Math.Max(1, expectedLeaves);
        (_bases, _shifts, _leaves) = (new ulong[PivotTree.Padded(room)], new byte[room], new uint[room * Ipv6Table.LeafWords]);
    }

    /// <summary>The last start; there must be one.</summary>
    public ulong LastStart => _openStarts[_open - 1];

    /// <summary>The code of the last start; there must be one.</summary>
    public ref ushort LastCode => ref _openCodes[_open - 1];

    /// <summary>Adds a start above all before it.</summary>
    public void Add(ulong start, ushort code)
    {
        ulong distance = _open == 0 ? 0 : start - _openStarts[0];
        int shift = BitOperations.TrailingZeroCount(_openBits | distance);
        bool fits = _open < Ipv6Table.LeafRuns && (shift == 64 || distance >> shift < Ipv6Table.Unused);
        if (!fits)
        {
            Flush();
            distance = 0;
        }
        (_openStarts[_open], _openCodes[_open]) = (start, code);
        _open++;
        _openBits |= distance;
    }

    /// <summary>The table. The writer is used up.</summary>
    public Ipv6Table Build(UInt128[] splitStarts, ushort[] splitCodes)
    {
        Flush();
        if (_shifts.Length != _count)
        {
            Array.Resize(ref _shifts, _count);
            Array.Resize(ref _leaves, _count * Ipv6Table.LeafWords);
        }
        return new Ipv6Table(new PivotTree(_bases, _count), _shifts, _leaves, splitStarts, splitCodes);
    }

    private void Flush()
    {
        if (_count == _shifts.Length) Grow();
        int shift = _openBits == 0 ? 0 : BitOperations.TrailingZeroCount(_openBits);
        (_bases[_count], _shifts[_count]) = (_openStarts[0], (byte)shift);
        Span<uint> words = _leaves.AsSpan(_count * Ipv6Table.LeafWords, Ipv6Table.LeafWords);
        for (int i = 0; i < Ipv6Table.LeafRuns; i++)
        {
            words[i] = i < _open ? (uint)((_openStarts[i] - _openStarts[0]) >> shift) : Ipv6Table.Unused;
            words[Ipv6Table.LeafRuns + (i >> 1)] |= i < _open ? (uint)_openCodes[i] << (16 * (i & 1)) : 0;
        }
        _count++;
        (_open, _openBits) = (0, 0);
    }

    private void Grow()
    {
        int room = (_count * 3 / 2) + 1;
        Array.Resize(ref _bases, PivotTree.Padded(room));
        Array.Resize(ref _shifts, room);
        Array.Resize(ref _leaves, room * Ipv6Table.LeafWords);
    }
}
