namespace Scheduler.Protocol.Admin;

/// <summary>How the scheduler is.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Ready">True when it may be sent players.</param>
/// <param name="Revision">Revision of the configuration in force.</param>
/// <param name="Replica">Number of this replica.</param>
/// <param name="UptimeS">Seconds since the process began.</param>
/// <param name="Demo">True in demo mode.</param>
/// <param name="Sites">Sites of the fleet.</param>
/// <param name="Nodes">Nodes of the fleet.</param>
/// <param name="NodesReporting">Nodes whose last report is recent.</param>
/// <param name="Sessions">Live sessions of this replica.</param>
/// <param name="CapacityBps">What all sites may carry now.</param>
/// <param name="LoadBps">What they carry.</param>
/// <param name="Decisions">Sessions asked for since the start, by outcome.</param>
/// <param name="Degraded">What is not as it should be, in words; empty when all is well.</param>
public sealed record StatusMessage(
    string Version,
    bool Ready,
    long Revision,
    int Replica,
    long UptimeS,
    bool Demo,
    int Sites,
    int Nodes,
    int NodesReporting,
    long Sessions,
    long CapacityBps,
    long LoadBps,
    IReadOnlyDictionary<string, long> Decisions,
    IReadOnlyList<string> Degraded)
{
    /// <summary>How the replicas stand together; null for one that can have no peers.</summary>
    public ClusterMessage? Cluster { get; init; }
}
