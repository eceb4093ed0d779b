namespace Scheduler.Core.Drains;

/// <summary>How round-trip times change, weighted by traffic.</summary>
/// <param name="P50Ms">Change of the median over all demand, ms; below 0 where it falls.</param>
/// <param name="P95Ms">Change of the 95th percentile over all demand, ms.</param>
/// <param name="MovedMeanMs">What a viewer whose site is drained loses on average, ms: the change of the mean, all of it charged to what moves; 0 when nothing moves.</param>
public readonly record struct RttChange(double P50Ms, double P95Ms, double MovedMeanMs);
