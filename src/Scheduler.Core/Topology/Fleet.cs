using System.Collections.Immutable;

namespace Scheduler.Core.Topology;

/// <summary>
/// Everything that operators own, as one value. A fleet that passed <see cref="FleetValidator"/> has unique ids, no dangling reference, and is
/// in canonical order: sites by id, nodes by (site, id), so that the nodes of a site lie side by side and a position is a dense index.
/// </summary>
/// <param name="Regions">Regions, by id.</param>
/// <param name="Tariffs">Tariffs, by id.</param>
/// <param name="Sites">Sites, by id.</param>
/// <param name="Nodes">Nodes, by (site, id).</param>
/// <param name="Links">Backhaul links, by (PoP, IDC).</param>
/// <param name="Urls">Template of the playing address by protocol; <c>{host}</c> and <c>{stream}</c> are filled in.</param>
public sealed record Fleet(
    ImmutableArray<Region> Regions,
    ImmutableArray<Tariff> Tariffs,
    ImmutableArray<Site> Sites,
    ImmutableArray<Node> Nodes,
    ImmutableArray<BackhaulLink> Links,
    ImmutableSortedDictionary<StreamProtocols, string> Urls)
{
    /// <summary>A fleet with nothing in it: what a new store holds.</summary>
    public static Fleet Empty { get; } = new([], [], [], [], [], ImmutableSortedDictionary<StreamProtocols, string>.Empty);
}
