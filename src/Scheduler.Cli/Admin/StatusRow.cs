namespace Scheduler.Cli.Admin;

/// <summary><c>GET /v1/admin/status</c>.</summary>
internal sealed record StatusRow(
    string? Version,
    bool? Ready,
    long? Revision,
    double? Replica,
    double? UptimeS,
    bool? Demo,
    double? Sites,
    double? Nodes,
    double? NodesReporting,
    double? Sessions,
    double? CapacityBps,
    double? LoadBps,
    IReadOnlyDictionary<string, double>? Decisions,
    IReadOnlyList<string>? Degraded)
{
    /// <summary>How the replicas stand together; null for one that can have no peers.</summary>
    public ClusterRow? Cluster { get; init; }
}
