using System.Numerics;

namespace Scheduler.Core.Geo;

/// <summary>
/// Answers for every IPv4 address, in two reads of memory. The first 20 bits index a directory of 4 MB. Its entry is either the answer for
/// the whole /20 or the place of a short sorted block, which is searched. Only where a run begins inside its /20 is stored: lengths follow
/// from the neighbours.
/// </summary>
internal sealed class Ipv4Table
{
    /// <summary>Leading bits that index the directory.</summary>
    public const int DirectoryBits = 20;

    private const int LowBits = 32 - DirectoryBits;
    private const uint LowMask = (1u << LowBits) - 1;
    private const uint WholeFlag = 1u << 31;

    private readonly uint[] _directory; // whole: flag, prefix length << 16, code; else: index of a block
    private readonly uint[] _blocks;    // a block: count, then that many (first low bits << 16 | code), ascending

    internal Ipv4Table(uint[] directory, uint[] blocks) => (_directory, _blocks) = (directory, blocks);

    /// <summary>Bytes of both arrays.</summary>
    public long Bytes => sizeof(uint) * ((long)_directory.Length + _blocks.Length);

    /// <summary>Length of all blocks, for the next builder.</summary>
    public int BlockWords => _blocks.Length;

    /// <summary>The code of an address, and the length of the largest block around it with the same answer.</summary>
    public ushort Find(uint address, out byte prefixLength)
    {
        uint head = _directory[address >> LowBits];
        if ((head & WholeFlag) != 0)
        {
            prefixLength = (byte)(head >> 16 & 0x7F);
            return (ushort)head;
        }
        uint low = address & LowMask;
        int first = (int)head + 1, count = (int)_blocks[head];
        ReadOnlySpan<uint> block = _blocks.AsSpan(first, count);
        uint key = (low << 16) | ushort.MaxValue;
        int at = 0;
        for (int left = count; left > 1;)
        {
            int half = left >> 1;
            if (block[at + half] <= key) at += half; // compiles to a conditional move: the outcome is a coin toss to any predictor
            left -= half;
        }
        uint entry = block[at];
        uint start = entry >> 16;
        uint next = at + 1 < count ? block[at + 1] >> 16 : LowMask + 1;
        // The largest aligned block around the address that holds neither the address before the run nor the one after it.
        int before = BitOperations.Log2(low ^ (start - 1)), after = BitOperations.Log2(low ^ next);
        prefixLength = (byte)(32 - Math.Min(before, after));
        return (ushort)entry;
    }

    /// <summary>All runs in order; neighbours may have the same code where a directory entry begins.</summary>
    public IEnumerable<CellRun> Runs()
    {
        for (uint i = 0; i < _directory.Length; i++)
        {
            uint head = _directory[i];
            if ((head & WholeFlag) != 0)
            {
                yield return new CellRun(i << LowBits, (ushort)head);
                continue;
            }
            uint count = _blocks[head];
            for (uint j = 1; j <= count; j++)
            {
                uint entry = _blocks[head + j];
                yield return new CellRun((i << LowBits) | (entry >> 16), (ushort)entry);
            }
        }
    }
}
