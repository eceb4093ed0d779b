using Scheduler.Core.Capacity;

namespace Scheduler.State.Sites;

/// <summary>The rules by which sites take reports in.</summary>
/// <param name="Staleness">When a node is suspect and when silent.</param>
/// <param name="SlowStart">How a node that came back is trusted again.</param>
/// <param name="Replica">This replica's number, in [1, <paramref name="Replicas"/>].</param>
/// <param name="Replicas">Replicas that assign, this one included, in [1, 255]; several share a node by the leases in its reports.</param>
public sealed record SiteRules(Staleness Staleness, SlowStart SlowStart, int Replica, int Replicas = 1)
{
    /// <summary>The defaults, for replica 1.</summary>
    public static SiteRules Default { get; } = new(Staleness.Default, SlowStart.Default, 1);
}
