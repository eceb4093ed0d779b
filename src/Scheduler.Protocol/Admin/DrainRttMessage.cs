namespace Scheduler.Protocol.Admin;

/// <summary>How round-trip times would change, weighted by traffic, ms; below 0 where they fall.</summary>
/// <param name="P50">Change of the median over all demand.</param>
/// <param name="P95">Change of the 95th percentile over all demand.</param>
/// <param name="MovedMean">What those who must move lose on average.</param>
public sealed record DrainRttMessage(double P50, double P95, double MovedMean);
