using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>A frame that was received and is believed.</summary>
/// <param name="Peer">Who sent it.</param>
/// <param name="Payload">Its payload; holds until the handler has returned.</param>
/// <param name="SentAtMs">When it was sent, on our own monotonic clock, ms: now, less what it was delayed on the way.</param>
/// <param name="Replies">Takes answers.</param>
internal readonly record struct PeerFrame(ReplicaStart Peer, ReadOnlyMemory<byte> Payload, long SentAtMs, FrameQueue Replies);
