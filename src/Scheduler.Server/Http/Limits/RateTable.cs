using System.Runtime.CompilerServices;

namespace Scheduler.Server.Http.Limits;

/// <summary>
/// The buckets of all callers of one kind, in a fixed room: two rows of words, in each of which a caller has one by the bits of its hash. Never locks, never
/// allocates, never grows; a bucket that has filled up again is free by itself.
/// </summary>
/// <remarks>
/// Callers may share a word. A call takes from both of its words what they hold and is refused only when neither holds enough, as a count-min sketch
/// (Cormode and Muthukrishnan 2005) takes the least of its rows: a caller is limited for others' calls only when heavy ones sit on both of its words, which
/// with h of them has a chance of (h / 65,536)²; who is heavy himself is never let through for it.
/// </remarks>
/// <param name="policy">The bucket of each.</param>
internal sealed class RateTable(RatePolicy policy)
{
    private const int RowBits = 16;
    private const int RowLength = 1 << RowBits;

    private readonly long[] _full = new long[2 * RowLength];

    /// <summary>Takes tokens for a caller.</summary>
    /// <param name="caller">A hash of it that callers cannot foresee.</param>
    /// <param name="now">A monotonic time, ticks of 100 ns.</param>
    /// <param name="cost">Tokens, at least 1.</param>
    /// <param name="left">Tokens left.</param>
    /// <returns>False when there are too few.</returns>
    public bool TryTake(ulong caller, long now, int cost, out long left)
    {
        bool first = TryTake(ref _full[(int)(caller & (RowLength - 1))], now, cost, out long inFirst);
        bool second = TryTake(ref _full[RowLength + (int)((caller >> RowBits) & (RowLength - 1))], now, cost, out long inSecond);
        left = Math.Max(inFirst, inSecond);
        return first || second;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(ref long word, long now, int cost, out long left)
    {
        long seen = Volatile.Read(ref word);
        while (policy.Take(seen, now, cost, out left) is { } after)
        {
            long found = Interlocked.CompareExchange(ref word, after, seen);
            if (found == seen) return true;
            seen = found;
        }
        return false;
    }
}
