using System.Collections.Immutable;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Peers;
using Scheduler.State.Planning;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in what a peer's sessions weigh.</summary>
internal sealed class DemandHandler(PeerDemands demands) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.Demand;

    /// <inheritdoc/>
    public ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (!DemandFrame.TryRead(frame.Payload.Span, out NumberedAmount[] cells, out NumberedAmount[] sites, out ClassAmounts[] classes)) return new(false);
        demands.Learn(frame.Peer, new Demand(Rising(cells), Rising(sites))
        {
            Classes = [.. classes.OrderBy(part => part.Class, StringComparer.Ordinal).Select(part => new ClassDemand(part.Class, Rising(part.Cells)))],
        });
        return new(true);
    }

    private static ImmutableArray<NumberedKbps> Rising(NumberedAmount[] amounts) =>
        [.. amounts.Select(amount => new NumberedKbps(amount.Number, amount.Kbps)).OrderBy(amount => amount.Number)];
}
