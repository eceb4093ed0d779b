using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>A site with its places in the tables.</summary>
/// <param name="Index">Dense index.</param>
/// <param name="Number">Permanent number.</param>
/// <param name="Site">The site.</param>
/// <param name="Tariff">Its tariff.</param>
/// <param name="Nodes">Indexes of its nodes, in the order of their ids.</param>
public sealed record IndexedSite(int Index, int Number, Site Site, Tariff Tariff, ImmutableArray<int> Nodes);
