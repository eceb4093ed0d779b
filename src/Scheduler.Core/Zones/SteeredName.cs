using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Zones;

/// <summary>A name that is answered with the nodes that would be given to the client's viewers, best first: types A, AAAA and HTTPS.</summary>
/// <param name="Name">The name: <see cref="DomainName.TryParse"/> with the zone's origin.</param>
/// <param name="Class">Id of the class of streams by whose weights and fences it is decided, or <see cref="StreamClassifier.Default"/>.</param>
/// <param name="Protocols">Protocols, one of which the nodes must speak; none means any.</param>
/// <param name="Nodes">Nodes that an answer names at most, in [1, <see cref="ZoneLimits.Nodes"/>].</param>
/// <param name="LeastTtlS">Time for which an answer holds while something changes, s.</param>
/// <param name="MostTtlS">Time for which an answer holds while nothing does, s; at least <paramref name="LeastTtlS"/>.</param>
/// <param name="Alpn">Protocols told in HTTPS records (RFC 9460 section 7.1); empty to tell none.</param>
public sealed record SteeredName(
    string Name, string Class, StreamProtocols Protocols, int Nodes, int LeastTtlS, int MostTtlS, ImmutableArray<string> Alpn)
{
    /// <summary>Nodes that an answer names where nothing is said.</summary>
    public const int DefaultNodes = 3;
}
