using Scheduler.Core.Capacity;

namespace Scheduler.Core.Dispatch;

/// <summary>What one report lets one replica do.</summary>
/// <param name="OwnKbps">u_r: load of ours that the report shows, kbit/s.</param>
/// <param name="Grant">The most our load may be, by age of the report; null when <paramref name="LimitKbps"/> holds until the next report.</param>
/// <param name="LimitKbps">The most our load may be as long as the report is fresh, kbit/s; at least <paramref name="OwnKbps"/>.</param>
public readonly record struct EscrowShare(long OwnKbps, long LimitKbps, EscrowGrant? Grant = null)
{
    /// <summary>The most our load may be at an age of the report, kbit/s; null when nothing may be admitted any more.</summary>
    /// <param name="ageMs">Time since the report was measured, ms.</param>
    public long? LimitAt(long ageMs) => Grant switch
    {
        null => LimitKbps,
        { } grant when ageMs <= grant.LimitMs => LimitKbps,
        { } grant when ageMs <= grant.HeldMs => grant.HeldKbps,
        _ => null,
    };
}
