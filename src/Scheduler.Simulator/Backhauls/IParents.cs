using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Upstreams;

namespace Scheduler.Simulator.Backhauls;

/// <summary>
/// A way to decide who pulls from whom and where publishers go: the product, or a rule that it is compared with. It sees what reports tell, late, and never the
/// truth. Nodes and sites are numbered in the fleet's order.
/// </summary>
internal interface IParents
{
    /// <summary>Where streams come in, as far as is known.</summary>
    StreamHomes Homes { get; }

    /// <summary>A tenth of a second has passed.</summary>
    /// <param name="nowMs">Virtual time, ms.</param>
    void Tick(long nowMs);

    /// <summary>A report's part on pulls and publishers arrives.</summary>
    void Hear(in PullReport report);

    /// <summary>Nodes have found a link dead, or alive again.</summary>
    void LinkChanged(int way, bool closed);

    /// <summary>Operators have decided which drains hold from now on.</summary>
    /// <param name="drains">The drains.</param>
    /// <param name="pulled">What is pulled from a site now.</param>
    void Obey(ImmutableArray<Drain> drains, Func<int, IReadOnlyCollection<PulledStream>> pulled);

    /// <summary>A node asks from where to pull a stream.</summary>
    /// <param name="stream">Hash of the stream.</param>
    /// <param name="node">The node.</param>
    /// <param name="current">The node that it pulls from now; null for none.</param>
    /// <param name="aheadS">How far ahead of now the drains are taken to be, seconds.</param>
    /// <param name="parents">Output, best first.</param>
    /// <returns>How many.</returns>
    int Ask(ulong stream, int node, int? current, double aheadS, Span<UpstreamParent> parents);

    /// <summary>A node has begun to pull from a parent that was named.</summary>
    /// <param name="stream">Hash of the stream.</param>
    /// <param name="node">The node.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="reported">True when reports show it already.</param>
    void Began(ulong stream, int node, in UpstreamParent parent, bool reported);

    /// <summary>A node goes on pulling from its parent.</summary>
    void Kept(ulong stream, int node, int parent);

    /// <summary>A publisher asks where to send.</summary>
    /// <param name="stream">Hash of the stream.</param>
    /// <param name="cell">Where he is, in the map.</param>
    /// <param name="current">The node that he sends to now; null for none.</param>
    /// <returns>A node; null when none takes him, or he should stay.</returns>
    int? Publish(ulong stream, int cell, int? current);

    /// <summary>True when a stream has to leave a site that drains, in so many seconds at the latest.</summary>
    bool MustLeave(ulong stream, int site, double aheadS);

    /// <summary>True when a site's pulls leave it by and by.</summary>
    bool IsLeft(int site);
}
