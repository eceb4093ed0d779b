namespace Scheduler.Core.Capacity;

/// <summary>When the last word of a node becomes suspect, and when it counts as silence.</summary>
/// <param name="IntervalMs">Time between two reports, ms; over 0. Default 1,000.</param>
/// <param name="SuspectAfter">Intervals without a report until a node is suspect; over 1. Default 3.</param>
/// <param name="SilentAfter">Intervals without a report until it is silent; more than <paramref name="SuspectAfter"/>. Default 6.</param>
public sealed record Staleness(int IntervalMs, double SuspectAfter, double SilentAfter)
{
    /// <summary>1 s, 3, 6.</summary>
    public static Staleness Default { get; } = new(1_000, 3, 6);

    /// <summary>How fresh a word of some age is.</summary>
    /// <param name="ageMs">Time since the report was received, ms; null when there was none.</param>
    public Freshness Of(long? ageMs) => ageMs switch
    {
        null => Freshness.Unheard,
        { } age when age > SilentAfter * IntervalMs => Freshness.Silent,
        { } age when age > SuspectAfter * IntervalMs => Freshness.Suspect,
        _ => Freshness.Fresh,
    };
}
