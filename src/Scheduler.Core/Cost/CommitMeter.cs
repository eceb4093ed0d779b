namespace Scheduler.Core.Cost;

/// <summary>
/// What a site's bandwidth would be billed at, had the month ended: means of five minutes of the calendar (UTC), and their 95th percentile. A month begins anew. A
/// slot of which only a part was observed counts by that part; one that was not observed at all is no sample.
/// </summary>
public sealed class CommitMeter
{
    /// <summary>Length of a sample, ms.</summary>
    public const long SlotMs = 300_000;

    private readonly PercentileMeter _month = new();
    private long? _atUnixMs;
    private double _loadMbps;
    private double _sum;
    private long _observedMs;
    private int? _monthOf;

    /// <summary>Samples of the month so far.</summary>
    public int Samples => _month.Count;

    /// <summary>The level that this month is billed at so far, Mbit/s; null before its first sample.</summary>
    public double? LevelMbps => _month.Level;

    /// <summary>What costs nothing more: the commit, or the level that this month is billed at already where that is higher, Mbit/s.</summary>
    /// <param name="commitMbps">The commit; at least 0.</param>
    public double FreeMbps(double commitMbps) => Math.Max(commitMbps, LevelMbps ?? 0);

    /// <summary>Notes the load from now on. Call it at least once a slot; a calendar that is set back begins its slot anew.</summary>
    /// <param name="loadMbps">Load, Mbit/s; at least 0.</param>
    /// <param name="unixMs">Now, Unix ms.</param>
    /// <returns>The sample that has ended since; null while it lasts, and where nobody looked.</returns>
    public CommitSample? Observe(double loadMbps, long unixMs)
    {
        CommitSample? ended = null;
        if (_atUnixMs is { } before)
        {
            long slotEnd = ((before / SlotMs) + 1) * SlotMs;
            long until = Math.Min(unixMs, slotEnd);
            if (until > before) (_sum, _observedMs) = (_sum + (_loadMbps * (until - before)), _observedMs + until - before);
            if (unixMs >= slotEnd || unixMs < before) ended = EndSlot(before, unixMs);
            // The part of the new slot that has passed already; where whole slots were missed, nobody looked.
            if (unixMs >= slotEnd && unixMs < slotEnd + SlotMs) (_sum, _observedMs) = (_loadMbps * (unixMs - slotEnd), unixMs - slotEnd);
        }
        Enter(MonthOf(unixMs));
        (_atUnixMs, _loadMbps) = (unixMs, loadMbps);
        return ended;
    }

    /// <summary>Takes the samples of a month in place of those that it has: what a store remembers of it.</summary>
    /// <param name="unixMs">Any moment of the month, Unix ms.</param>
    /// <param name="samplesMbps">Its samples so far, Mbit/s.</param>
    public void Refill(long unixMs, IEnumerable<double> samplesMbps)
    {
        ArgumentNullException.ThrowIfNull(samplesMbps);
        _month.Clear();
        _monthOf = MonthOf(unixMs);
        foreach (double sample in samplesMbps) _month.Add(sample);
    }

    private CommitSample? EndSlot(long beforeUnixMs, long unixMs)
    {
        CommitSample? ended = null;
        if (unixMs >= beforeUnixMs && _observedMs > 0)
        {
            ended = new CommitSample(beforeUnixMs / SlotMs * SlotMs, _sum / _observedMs);
            _month.Add(ended.Value.Mbps);
        }
        (_sum, _observedMs) = (0, 0);
        return ended;
    }

    private void Enter(int month)
    {
        if (month != _monthOf) _month.Clear();
        _monthOf = month;
    }

    private static int MonthOf(long unixMs)
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
        return (at.Year * 12) + at.Month;
    }
}
