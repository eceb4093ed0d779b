namespace Scheduler.Server.Peers.Channel;

/// <summary>
/// How long frames of one connection were on their way beyond what the fastest of late took, by the sender's clock and ours, of which only differences are compared:
/// what a stalled connection delays is added to the age of what it carries.
/// </summary>
internal sealed class TransitMeter
{
    /// <summary>Two clocks may drift apart by 1 ms in so many, which must not look like a delay.</summary>
    private const long MsPerDrift = 4_096;

    private long? _least;
    private long _leastAtMs;

    /// <summary>Delay of a frame, ms; at least 0.</summary>
    /// <param name="sentAtMs">By the sender's clock.</param>
    /// <param name="nowMs">By ours.</param>
    public long DelayMs(long sentAtMs, long nowMs)
    {
        long apart = unchecked(nowMs - sentAtMs);
        if (_least is not { } least || apart <= least)
        {
            (_least, _leastAtMs) = (apart, nowMs);
            return 0;
        }
        if (nowMs - _leastAtMs >= MsPerDrift) (_least, _leastAtMs) = (++least, nowMs);
        return apart - least;
    }
}
