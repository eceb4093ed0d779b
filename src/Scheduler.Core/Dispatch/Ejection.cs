namespace Scheduler.Core.Dispatch;

/// <summary>When players' failure reports take a node out of service for a while.</summary>
/// <param name="WindowMs">Time over which reports are counted. Default 10 s.</param>
/// <param name="LeastReports">Distinct sessions that must have failed within it; over 0. Default 5.</param>
/// <param name="LeastShare">And the share of the node's sessions that they must be, in [0, 1]. Default 0.05.</param>
/// <param name="OutMs">How long it stays out the first time; grows by as much each time in a row. Default 30 s.</param>
/// <param name="MostShare">Share of a region's nodes that may be out for this reason, in [0, 1]; beyond, reports are not believed. Default 0.2.</param>
public sealed record Ejection(long WindowMs, int LeastReports, double LeastShare, long OutMs, double MostShare)
{
    /// <summary>10 s, 5, 5 %, 30 s, 20 %.</summary>
    public static Ejection Default { get; } = new(10_000, 5, 0.05, 30_000, 0.2);
}
