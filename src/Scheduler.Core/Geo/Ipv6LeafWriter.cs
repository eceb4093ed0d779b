using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>Packs starts and codes into the leaves of an <see cref="Ipv6Table"/>. The last entry may still be changed.</summary>
internal sealed class Ipv6LeafWriter
{
    private readonly ulong[] openStarts = new ulong[Ipv6Table.LeafRuns];
    private readonly ushort[] openCodes = new ushort[Ipv6Table.LeafRuns];
    private int open;
    private ulong openBits; // all bits that any distance of the open leaf has
    private ulong[] bases;
    private byte[] shifts;
    private uint[] leaves;
    private int count;

    /// <param name="expectedLeaves">Leaves to come; a hint for the memory to set aside.</param>
    public Ipv6LeafWriter(int expectedLeaves)
    {
        int room = Math.Max(1, expectedLeaves);
        (bases, shifts, leaves) = (new ulong[PivotTree.Padded(room)], new byte[room], new uint[room * Ipv6Table.LeafWords]);
    }

    /// <summary>The last start; there must be one.</summary>
    public ulong LastStart => openStarts[open - 1];

    /// <summary>The code of the last start; there must be one.</summary>
    public ref ushort LastCode => ref openCodes[open - 1];

    /// <summary>Adds a start above all before it.</summary>
    public void Add(ulong start, ushort code)
    {
        ulong distance = open == 0 ? 0 : start - openStarts[0];
        int shift = BitOperations.TrailingZeroCount(openBits | distance);
        bool fits = open < Ipv6Table.LeafRuns && (shift == 64 || distance >> shift < Ipv6Table.Unused);
        if (!fits)
        {
            Flush();
            distance = 0;
        }
        (openStarts[open], openCodes[open]) = (start, code);
        open++;
        openBits |= distance;
    }

    /// <summary>The table. The writer is used up.</summary>
    public Ipv6Table Build(UInt128[] splitStarts, ushort[] splitCodes)
    {
        Flush();
        if (shifts.Length != count)
        {
            Array.Resize(ref shifts, count);
            Array.Resize(ref leaves, count * Ipv6Table.LeafWords);
        }
        return new Ipv6Table(new PivotTree(bases, count), shifts, leaves, splitStarts, splitCodes);
    }

    private void Flush()
    {
        if (count == shifts.Length) Grow();
        int shift = openBits == 0 ? 0 : BitOperations.TrailingZeroCount(openBits);
        (bases[count], shifts[count]) = (openStarts[0], (byte)shift);
        Span<uint> words = leaves.AsSpan(count * Ipv6Table.LeafWords, Ipv6Table.LeafWords);
        for (int i = 0; i < Ipv6Table.LeafRuns; i++)
        {
            words[i] = i < open ? (uint)((openStarts[i] - openStarts[0]) >> shift) : Ipv6Table.Unused;
            words[Ipv6Table.LeafRuns + (i >> 1)] |= i < open ? (uint)openCodes[i] << (16 * (i & 1)) : 0;
        }
        count++;
        (open, openBits) = (0, 0);
    }

    private void Grow()
    {
        int room = (count * 3 / 2) + 1;
        Array.Resize(ref bases, PivotTree.Padded(room));
        Array.Resize(ref shifts, room);
        Array.Resize(ref leaves, room * Ipv6Table.LeafWords);
    }
}
