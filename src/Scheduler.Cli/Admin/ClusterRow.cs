namespace Scheduler.Cli.Admin;

/// <summary>How the replicas stand together.</summary>
internal sealed record ClusterRow(string? Name, int? Leader, long? Fence, double? Assigning, IReadOnlyList<PeerRow>? Peers);
