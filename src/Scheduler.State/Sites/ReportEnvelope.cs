using Scheduler.Core.Capacity;

namespace Scheduler.State.Sites;

/// <summary>A report on its way to the writer of its site.</summary>
/// <param name="Site">The site.</param>
/// <param name="Node">The node.</param>
/// <param name="Report">Its word.</param>
/// <param name="ReceivedAtMs">When it was received, monotonic ms.</param>
/// <param name="ReceivedAtUnixMs">The same moment, Unix ms.</param>
public readonly record struct ReportEnvelope(SiteState Site, NodeStatus Node, NodeReport Report, long ReceivedAtMs, long ReceivedAtUnixMs)
{
    /// <summary>True when a peer received it. It is not told on: whoever hears a node tells all.</summary>
    public bool IsRelayed { get; init; }
}
