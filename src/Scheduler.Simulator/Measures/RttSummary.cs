namespace Scheduler.Simulator.Measures;

/// <summary>Round-trip times over all viewer-seconds, ms.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="P50">Median.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
public readonly record struct RttSummary(double Mean, double P50, double P95, double P99);
