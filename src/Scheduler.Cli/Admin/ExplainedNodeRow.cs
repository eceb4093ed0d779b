namespace Scheduler.Cli.Admin;

/// <summary>One node of an explanation.</summary>
internal sealed record ExplainedNodeRow(
    string? Node, int? Rank, string? Verdict, double? Utilisation, double? RoomBps, string? State, string? Freshness);
