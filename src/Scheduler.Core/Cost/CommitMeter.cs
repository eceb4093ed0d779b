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
    public void Observe(double loadMbps, long unixMs)
    {
        if (_atUnixMs is { } before)
        {
            long slotEnd = ((before / SlotMs) + 1) * SlotMs;
            long until = Math.Min(unixMs, slotEnd);
            if (until > before) (_sum, _observedMs) = (_sum + (_loadMbps * (until - before)), _observedMs + until - before);
            if (unixMs >= slotEnd || unixMs < before) EndSlot(before, unixMs);
            // The part of the new slot that has passed already; where whole slots were missed, nobody looked.
            if (unixMs >= slotEnd && unixMs < slotEnd + SlotMs) (_sum, _observedMs) = (_loadMbps * (unixMs - slotEnd), unixMs - slotEnd);
        }
        (_atUnixMs, _loadMbps) = (unixMs, loadMbps);
    }

    private void EndSlot(long beforeUnixMs, long unixMs)
    {
        if (unixMs >= beforeUnixMs && _observedMs > 0) _month.Add(_sum / _observedMs);
        (_sum, _observedMs) = (0, 0);
        if (MonthOf(beforeUnixMs) != MonthOf(unixMs)) _month.Clear();
    }

    private static int MonthOf(long unixMs)
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
        return (at.Year * 12) + at.Month;
    }
}
