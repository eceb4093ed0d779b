using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>What the fast side knows of one node, compiled; 4 bytes.</summary>
/// <param name="Protocols">What it speaks.</param>
/// <param name="Roles">What it does.</param>
/// <param name="Eligibility">Whether it may be named.</param>
/// <param name="Doubted">True when players report it as failing, but so many others too that the reports are not believed.</param>
public readonly record struct NodeRoute(StreamProtocols Protocols, NodeRoles Roles, Eligibility Eligibility, bool Doubted)
{
    /// <summary>True when the node may be named for a role and one of some protocols, at a given standard of eligibility.</summary>
    /// <param name="role">The role asked for.</param>
    /// <param name="protocols">Protocols asked for; none means any.</param>
    /// <param name="standard"><see cref="Eligibility.Eligible"/>, or a worse state that is accepted as the last resort.</param>
    public bool Serves(NodeRoles role, StreamProtocols protocols, Eligibility standard) =>
        (Eligibility == Eligibility.Eligible || Eligibility == standard)
        && (Roles & role) != 0
        && (protocols == StreamProtocols.None || (Protocols & protocols) != 0);
}
