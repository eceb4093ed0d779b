using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Control;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in what the leader's plan asks for load, unless a later leader is known.</summary>
internal sealed class PricesHandler(LeaderSeat seat, ControlLoop control) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.Prices;

    /// <inheritdoc/>
    public ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (!PricesFrame.TryRead(frame.Payload.Span, out long fence, out long ageMs, out NumberedPrice[] prices)) return new(false);
        if (seat.Learn(frame.Peer.Number, fence) && control.Publisher.Current is { } snapshot)
            control.Apply(PriceNumbers.ToPlan(prices, snapshot.Fleet, frame.SentAtMs - ageMs));
        return new(true);
    }
}
