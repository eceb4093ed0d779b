using System.Collections.Immutable;
using System.Net;
using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>One server of a site.</summary>
/// <param name="Id">Unique in the fleet; <c>[a-z0-9-]</c>, 1 to 48 characters, the first no hyphen.</param>
/// <param name="Site">Id of its site.</param>
/// <param name="Capacity">Egress it was built for; over zero, at most <see cref="FleetLimits.NodeCapacity"/>.</param>
/// <param name="Roles">What it does; at least one.</param>
/// <param name="Protocols">What it speaks; at least one.</param>
/// <param name="Host">Name or address that players connect to, with an optional port: <see cref="HostPort"/>. Unique in the fleet.</param>
/// <param name="IPv4">Public IPv4 address, unique in the fleet; null when it has none.</param>
/// <param name="IPv6">Public IPv6 address, unique in the fleet; null when it has none.</param>
/// <param name="Labels">Free labels, for selectors: <see cref="Topology.Labels"/>.</param>
public sealed record Node(
    string Id,
    string Site,
    BitRate Capacity,
    NodeRoles Roles,
    StreamProtocols Protocols,
    string Host,
    IPAddress? IPv4,
    IPAddress? IPv6,
    ImmutableSortedDictionary<string, string> Labels);
