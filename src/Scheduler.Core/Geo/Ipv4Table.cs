using System.Numerics;
using System.Runtime.Intrinsics;

namespace Scheduler.Core.Geo;

/// <summary>
/// Answers for every IPv4 address after one wait for memory at most. The first 16 bits index a directory of 256 KB, which stays in a core's own cache. Its entry
/// is either the answer for the whole /16 or the place of its runs, which lie side by side: those that begin at the address or before it are counted, and so
/// all their lines are asked for at once, where a search by halves waits for one line after the other.
/// </summary>
internal sealed class Ipv4Table
{
    /// <summary>Leading bits that index the directory.</summary>
    public const int DirectoryBits = 16;

    /// <summary>Runs are kept in blocks of so many words, the last of a /16 filled up with <see cref="Filler"/>.</summary>
    public const int BlockWords = 8;

    /// <summary>What stands where there is no run; greater than every run, since no cell has the greatest code.</summary>
    public const uint Filler = uint.MaxValue;

    /// <summary>Set in the directory for a /16 that is one run: prefix length &lt;&lt; 16 | code.</summary>
    public const uint WholeFlag = 1u << 31;

    /// <summary>Where the number of blocks stands in the directory; 0 for more than <see cref="MostInDirectory"/>, which a block of its own before them tells.</summary>
    public const int CountShift = 23;

    /// <summary>Most blocks of a /16 that the directory can tell.</summary>
    public const int MostInDirectory = 255;

    private const int LowBits = 32 - DirectoryBits;
    private const uint LowMask = (1u << LowBits) - 1;
    private const uint PlaceMask = (1u << CountShift) - 1;

    /// <summary>Words that are counted through; of more, those that cannot matter are halved away first.</summary>
    private const int MostCounted = 512;

    private readonly uint[] _directory; // whole: flag, prefix length << 16, code; else: number of blocks << 23, place of the first, in blocks
    private readonly uint[] _runs;      // first low bits << 16 | code, ascending within a /16

    internal Ipv4Table(uint[] directory, uint[] runs) => (_directory, _runs) = (directory, runs);

    /// <summary>Bytes of both arrays.</summary>
    public long Bytes => sizeof(uint) * ((long)_directory.Length + _runs.Length);

    /// <summary>Length of all runs, for the next builder.</summary>
    public int RunWords => _runs.Length;

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
        ReadOnlySpan<uint> runs = RunsOf(head);
        int at = CountUpTo(runs, (low << 16) | CellCode.MaxCells) - 1;
        uint entry = runs[at];
        uint start = entry >> 16;
        uint next = at + 1 < runs.Length && runs[at + 1] != Filler ? runs[at + 1] >> 16 : LowMask + 1;
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
            int count = RunsOf(head).Length;
            for (int j = 0; j < count && RunsOf(head)[j] is var entry and not Filler; j++)
                yield return new CellRun((i << LowBits) | (entry >> 16), (ushort)entry);
        }
    }

    private ReadOnlySpan<uint> RunsOf(uint head)
    {
        int place = (int)(head & PlaceMask) * BlockWords, blocks = (int)(head >> CountShift);
        if (blocks != 0) return _runs.AsSpan(place, blocks * BlockWords);
        return _runs.AsSpan(place + BlockWords, (int)_runs[place] * BlockWords);
    }

    /// <summary>How many ascending words are at most a bound.</summary>
    private static int CountUpTo(ReadOnlySpan<uint> words, uint bound)
    {
        int passed = 0;
        while (words.Length > MostCounted)
        {
            int half = words.Length / BlockWords / 2 * BlockWords;
            if (words[half] <= bound)
            {
                passed += half;
                words = words[half..];
            }
            else
            {
                words = words[..half];
            }
        }
        Vector256<uint> bounds = Vector256.Create(bound), counts = Vector256<uint>.Zero;
        for (; words.Length >= BlockWords; words = words[BlockWords..])
            counts -= Vector256.LessThanOrEqual(Vector256.Create(words), bounds); // what is true is all ones, which is -1
        return passed + (int)Vector256.Sum(counts);
    }
}
