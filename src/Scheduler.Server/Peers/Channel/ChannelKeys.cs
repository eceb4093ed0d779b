using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>What a handshake gave.</summary>
/// <param name="Peer">Who the other side is.</param>
/// <param name="Outgoing">Key of the frames that we send.</param>
/// <param name="Incoming">Key of the frames that we receive.</param>
internal sealed record ChannelKeys(ReplicaStart Peer, byte[] Outgoing, byte[] Incoming);
