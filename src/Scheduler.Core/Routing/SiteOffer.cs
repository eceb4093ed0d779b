using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>What nodes are there for, whether or not they are able to now.</summary>
/// <param name="Playing">Protocols over which viewers are served.</param>
/// <param name="Publishing">Protocols over which publishers are taken in.</param>
internal readonly record struct SiteOffer(StreamProtocols Playing, StreamProtocols Publishing)
{
    public SiteOffer With(Node node) => new(
        (node.Roles & NodeRoles.Edge) != 0 ? Playing | node.Protocols : Playing,
        (node.Roles & NodeRoles.Ingest) != 0 ? Publishing | node.Protocols : Publishing);

    public bool Has(NodeRoles role, StreamProtocols protocols)
    {
        StreamProtocols offered = role == NodeRoles.Ingest ? Publishing : Playing;
        return protocols == StreamProtocols.None ? offered != StreamProtocols.None : (offered & protocols) != 0;
    }
}
