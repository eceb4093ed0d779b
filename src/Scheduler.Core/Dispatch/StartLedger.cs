using Scheduler.Core.Capacity;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// A node's count of what one replica's newest tickets have brought: the weight of those that were served for the first time, by the period in which their place was taken. Too little
/// is always safe, too much never: so a ticket counts once, and only one that holds a place.
/// </summary>
/// <remarks>Not thread-safe: one node, one loop.</remarks>
public sealed class StartLedger
{
    /// <summary>
    /// Periods that are counted: the newest that was seen and three before it. What was admitted earlier was admitted at least 6 s before the newest ticket that the node has seen, and so
    /// has begun or never will (5 s, <see cref="Escrow.UnseenMs"/>).
    /// </summary>
    public const int Kept = 4;

    /// <summary>
    /// How long the newest period stays the newest when no ticket of a newer one comes, ms; after that nothing is told. Numbers come again after 128 s, and a replica that started anew counts
    /// from the beginning.
    /// </summary>
    private const int ForgetMs = 15_000;

    /// <summary>
    /// How long after a replica's start its report may mix what this start admitted with what an earlier one did under the same numbers, ms: the last of those begin within 5 s, stay in the
    /// window until four periods have passed, and are told for <see cref="ForgetMs"/> more; 10 s are for what the report's clock does not tell.
    /// </summary>
    public const int OtherLifeMs = 5_000 + (2 * Kept * AdmissionPeriod.LengthMs) + ForgetMs + 10_000;

    private readonly long[] _kbps = new long[Kept]; // by period, round and round; Count is a multiple of Kept
    private byte? _newest;
    private long _advancedMs;

    /// <summary>What has begun; null when no ticket came of late.</summary>
    /// <param name="nowMs">The node's monotonic time, ms.</param>
    public StartedLoad? StartedAt(long nowMs) => _newest is { } newest && nowMs - _advancedMs < ForgetMs
        ? new StartedLoad((byte)((newest - Kept + 1 + AdmissionPeriod.Count) % AdmissionPeriod.Count), _kbps.Sum())
        : null;

    /// <summary>Counts a ticket that is served for the first time.</summary>
    /// <param name="period">When its place was taken, in [0, <see cref="AdmissionPeriod.Count"/>).</param>
    /// <param name="kbps">Its weight, kbit/s.</param>
    /// <param name="nowMs">The node's monotonic time, ms; not before the last call's.</param>
    public void Add(byte period, long kbps, long nowMs)
    {
        if (_newest is not { } newest || nowMs - _advancedMs >= ForgetMs)
        {
            Advance(period, Kept, nowMs);
        }
        else
        {
            int ahead = (period - newest + AdmissionPeriod.Count) % AdmissionPeriod.Count;
            if (ahead is >= AdmissionPeriod.Count / 2 and <= AdmissionPeriod.Count - Kept) return; // before the window: late, and not counted
            if (ahead is > 0 and < AdmissionPeriod.Count / 2) Advance(period, Math.Min(ahead, Kept), nowMs);
        }
        _kbps[period % Kept] += kbps;
    }

    private void Advance(byte period, int steps, long nowMs)
    {
        for (int step = 0; step < steps; step++) _kbps[(period + Kept - step) % Kept] = 0;
        _newest = period;
        _advancedMs = nowMs;
    }
}
