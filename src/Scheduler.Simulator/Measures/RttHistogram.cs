namespace Scheduler.Simulator.Measures;

/// <summary>
/// How many viewers play over which time, and for how long: each second adds those who play then. Buckets of half a millisecond up to a second.
/// </summary>
internal sealed class RttHistogram
{
    private const double BucketMs = 0.5;
    private const int Buckets = 2_000;

    private readonly int[] _now = new int[Buckets];
    private readonly long[] _seconds = new long[Buckets];

    /// <summary>A viewer begins to play.</summary>
    public void Add(double ms) => _now[BucketOf(ms)]++;

    /// <summary>A viewer stops.</summary>
    public void Remove(double ms) => _now[BucketOf(ms)]--;

    /// <summary>Forgets who plays now.</summary>
    public void Clear() => Array.Clear(_now);

    /// <summary>Counts those who play now for one more second.</summary>
    public void Sample()
    {
        for (int i = 0; i < Buckets; i++) _seconds[i] += _now[i];
    }

    /// <summary>The percentiles of viewer-seconds.</summary>
    public RttSummary Summary()
    {
        long total = _seconds.Sum();
        double sum = 0;
        for (int i = 0; i < Buckets; i++) sum += _seconds[i] * MiddleOf(i);
        return new RttSummary(total == 0 ? 0 : sum / total, Percentile(total, 0.5), Percentile(total, 0.95), Percentile(total, 0.99));
    }

    /// <summary>Share of viewer-seconds by bucket, for a plot: (upper end in ms, share), empty buckets at the end left out.</summary>
    public IReadOnlyList<(double Ms, double Share)> Shares(double bucketMs)
    {
        int merge = Math.Max(1, (int)Math.Round(bucketMs / BucketMs));
        double total = Math.Max(1, _seconds.Sum());
        var shares = new List<(double, double)>();
        for (int i = 0; i < Buckets; i += merge) shares.Add(((i + merge) * BucketMs, _seconds.Skip(i).Take(merge).Sum() / total));
        while (shares.Count > 1 && shares[^1].Item2 == 0) shares.RemoveAt(shares.Count - 1);
        return shares;
    }

    private double Percentile(long total, double share)
    {
        long left = (long)Math.Ceiling(total * share);
        for (int i = 0; i < Buckets; i++)
            if ((left -= _seconds[i]) <= 0) return MiddleOf(i);
        return MiddleOf(Buckets - 1);
    }

    private static double MiddleOf(int bucket) => (bucket + 0.5) * BucketMs;

    private static int BucketOf(double ms) => (int)Math.Clamp(ms / BucketMs, 0, Buckets - 1);
}
