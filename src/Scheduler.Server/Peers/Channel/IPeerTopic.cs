using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>Something that this replica keeps telling its peers.</summary>
internal interface IPeerTopic
{
    /// <summary>Begins to tell a peer that was just connected to.</summary>
    IPeerTelling Begin(ReplicaStart peer);
}
