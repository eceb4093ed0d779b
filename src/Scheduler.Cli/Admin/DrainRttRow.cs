namespace Scheduler.Cli.Admin;

/// <summary>How round-trip times would change, ms.</summary>
internal sealed record DrainRttRow(double? P50, double? P95, double? MovedMean);
