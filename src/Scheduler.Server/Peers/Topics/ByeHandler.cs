using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in that a peer leaves.</summary>
internal sealed class ByeHandler(PeerBook book) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.Bye;

    /// <inheritdoc/>
    public ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        book.Left(frame.Peer);
        return new(true);
    }
}
