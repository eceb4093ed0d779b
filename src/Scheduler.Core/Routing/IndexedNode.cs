using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>A node with its places in the tables.</summary>
/// <param name="Index">Dense index.</param>
/// <param name="Number">Permanent number.</param>
/// <param name="SiteIndex">Dense index of its site.</param>
/// <param name="Node">The node.</param>
/// <param name="SiteShareKbps">Its share of the site's egress cap, by declared capacity, kbit/s; <see cref="long.MaxValue"/> without a cap.</param>
public sealed record IndexedNode(int Index, int Number, int SiteIndex, Node Node, long SiteShareKbps);
