namespace Scheduler.Simulator.Measures;

/// <summary>What the traffic would cost a month, in units of the cheapest region's price of one Mbit/s.</summary>
/// <param name="Flat">Sites that pay what they send.</param>
/// <param name="Percentile95">Sites that pay their 95th percentile of five-minute samples, at least their commit.</param>
/// <param name="UnusedCommitMbps">Bandwidth that is paid for and was not used, Mbit/s.</param>
public readonly record struct BillSummary(double Flat, double Percentile95, double UnusedCommitMbps);
