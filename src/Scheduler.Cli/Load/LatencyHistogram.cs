using System.Numerics;

namespace Scheduler.Cli.Load;

/// <summary>
/// Counts values by size in buckets that widen with the value, as an HDR histogram does: exact under 128, then 64 buckets to each doubling, so that a
/// percentile is at most 1/64 (1.6 %) over the true one. 3,712 buckets hold every value of a <see cref="long"/>; recording allocates nothing.
/// </summary>
/// <remarks>The unit is the caller's; here microseconds. One writer; to be read from elsewhere, copy it with <see cref="Add"/>.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;
    private readonly long[] _counts = new long[Bucket(long.MaxValue) + 1];

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Largest value; null when there is none.</summary>
    public long? Max { get; private set; }

    /// <summary>Records a value; a negative one, which only a clock that steps back can give, counts as 0.</summary>
    public void Record(long value)
    {
        value = Math.Max(0, value);
        _counts[Bucket(value)]++;
        Count++;
        if (!(Max >= value)) Max = value;
    }

    /// <summary>The value that a share of all values do not exceed.</summary>
    /// <param name="share">In [0, 1]; 0.99 for the 99th percentile.</param>
    /// <returns>The upper edge of the bucket that the value lies in, never over <see cref="Max"/>; null when there is no value.</returns>
    public long? Percentile(double share)
    {
        if (Count == 0) return null;
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return Math.Min(UpperEdge(i), Max!.Value);
        }
        return Max;
    }

    /// <summary>Adds all values of another histogram.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        Count += other.Count;
        if (!(Max >= other.Max)) Max = other.Max ?? Max;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        (Count, Max) = (0, null);
    }

    // Below 2 x SubBuckets a bucket holds one value. Above, the top SubBits + 1 bits name the bucket.
    private static int Bucket(long value)
    {
        if (value < 2 * SubBuckets) return (int)value;
        int shift = 63 - SubBits - BitOperations.LeadingZeroCount((ulong)value);
        return ((shift + 1) << SubBits) + (int)((value >> shift) - SubBuckets);
    }

    private static long UpperEdge(int bucket)
    {
        if (bucket < 2 * SubBuckets) return bucket;
        int shift = (bucket >> SubBits) - 1;
        long top = (bucket & (SubBuckets - 1)) + SubBuckets;
        return ((top + 1) << shift) - 1; // for the last bucket the shift wraps to long.MinValue and the 1 brings it back to MaxValue
    }
}
