using System.Collections.Immutable;

namespace Scheduler.State.Planning;

/// <summary>What a plan asks for load at each site: the part of a plan that decisions read.</summary>
/// <param name="AskedMs">What one more Mbit/s is worth at each site by the plan, ms-equivalents, at least 0, by index of the <see cref="Core.Routing.FleetIndex"/>.</param>
/// <param name="AtMs">When they were last found to hold, monotonic ms.</param>
public sealed record PlanPrices(ImmutableArray<float> AskedMs, long AtMs)
{
    /// <summary>How long ago they were found to hold, ms.</summary>
    /// <param name="nowMs">Now, monotonic ms.</param>
    public long AgeMs(long nowMs) => Math.Max(0, nowMs - AtMs);

    /// <summary>True while they are young enough to be used.</summary>
    /// <param name="nowMs">Now, monotonic ms.</param>
    public bool HoldAt(long nowMs) => AgeMs(nowMs) < PlanRules.OldestMs;
}
