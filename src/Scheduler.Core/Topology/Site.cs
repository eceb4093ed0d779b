using System.Collections.Immutable;
using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>A place with nodes: an IDC or a PoP.</summary>
/// <param name="Id">Unique in the fleet; <c>[a-z0-9-]</c>, 1 to 32 characters, the first no hyphen.</param>
/// <param name="Kind">IDC or PoP.</param>
/// <param name="Region">Id of its region.</param>
/// <param name="Place">City, for people.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="EgressCap">Most it may send as a whole, whatever its nodes could; null when its nodes are the only limit.</param>
/// <param name="Tariff">Id of its tariff.</param>
/// <param name="Upstreams">
/// For a PoP: ids of the IDCs that feed it, the preferred one first. Empty for an IDC; at least one for a PoP when the fleet has IDCs.
/// </param>
/// <param name="Labels">Free labels, for selectors: <see cref="Topology.Labels"/>.</param>
public sealed record Site(
    string Id,
    SiteKind Kind,
    string Region,
    string Place,
    string Country,
    GeoPoint Location,
    BitRate? EgressCap,
    string Tariff,
    ImmutableArray<string> Upstreams,
    ImmutableSortedDictionary<string, string> Labels);
