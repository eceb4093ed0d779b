using Scheduler.Core.Capacity;

namespace Scheduler.State.Sites;

/// <summary>The rules by which sites take reports in.</summary>
/// <param name="Staleness">When a node is suspect and when silent.</param>
/// <param name="SlowStart">How a node that came back is trusted again.</param>
/// <param name="Replica">This replica's number, in [1, 255].</param>
public sealed record SiteRules(Staleness Staleness, SlowStart SlowStart, int Replica)
{
    /// <summary>The defaults, for replica 1.</summary>
    public static SiteRules Default { get; } = new(Staleness.Default, SlowStart.Default, 1);
}
