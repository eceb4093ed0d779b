using Scheduler.State.Ports;

namespace Scheduler.State.Peers;

/// <summary>Another replica, as seen from here at one moment.</summary>
/// <param name="Member">What the store knows of it.</param>
/// <param name="State">How it stands.</param>
/// <param name="HeardMs">Time since it was last heard on the channel, ms; null when this start of it never was.</param>
public sealed record Peer(Member Member, PeerState State, long? HeardMs)
{
    /// <summary>Which start of which replica it is.</summary>
    public ReplicaStart Id => new(Member.Number, Member.Start);
}
