using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>What the fast side knows of one site, compiled from its nodes; 8 bytes.</summary>
/// <param name="ExtraMs">Surcharge on its score: suspect reports, price above the commit.</param>
/// <param name="Playing">Protocols that its eligible edge nodes speak; none when it cannot serve viewers.</param>
/// <param name="Publishing">Protocols that its eligible ingest nodes speak; none when it takes no publishers in.</param>
/// <param name="Eligibility">The best standing of any of its nodes.</param>
public readonly record struct SiteRoute(float ExtraMs, StreamProtocols Playing, StreamProtocols Publishing, Eligibility Eligibility)
{
    /// <summary>True when an eligible node of the site serves the role over one of the protocols.</summary>
    public bool Serves(NodeRoles role, StreamProtocols protocols)
    {
        StreamProtocols offered = role == NodeRoles.Ingest ? Publishing : Playing;
        return protocols == StreamProtocols.None ? offered != StreamProtocols.None : (offered & protocols) != 0;
    }
}
