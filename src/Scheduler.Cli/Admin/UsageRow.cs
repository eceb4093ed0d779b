namespace Scheduler.Cli.Admin;

/// <summary>A row of a report.</summary>
internal sealed record UsageRow(
    string? Name, double? Bits, double? PeakBps, double? P95Bps, double? CommitBps, double? Cost, long? Sessions, double? RttMs, long? Refusals);
