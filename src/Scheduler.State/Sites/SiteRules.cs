using Scheduler.Core.Capacity;

namespace Scheduler.State.Sites;

/// <summary>The rules by which sites take reports in.</summary>
/// <param name="Staleness">When a node is suspect and when silent.</param>
/// <param name="SlowStart">How a node that came back is trusted again.</param>
/// <param name="Replica">This replica's number, in [1, 255].</param>
/// <param name="Replicas">Replicas that assign at the start, this one included, in [1, 255]; several share a node by the leases in its reports.</param>
public sealed record SiteRules(Staleness Staleness, SlowStart SlowStart, int Replica, int Replicas = 1)
{
    /// <summary>True where peers may join at any time. Who may have some goes by leases also while it knows of none: one that it does not hear of may be there.</summary>
    public bool MayHavePeers { get; init; }

    /// <summary>True where there can be no peers: then a replica needs no lease.</summary>
    public bool IsAlone => Replicas == 1 && !MayHavePeers;

    /// <summary>The defaults, for replica 1.</summary>
    public static SiteRules Default { get; } = new(Staleness.Default, SlowStart.Default, 1);
}
