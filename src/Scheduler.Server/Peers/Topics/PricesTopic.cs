using System.Collections.Immutable;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Topics;

/// <summary>What the plan asks for load, told by whoever leads: when it changes, and every few seconds so that it is known to hold.</summary>
internal sealed class PricesTopic(LeaderSeat seat, ControlLoop control, SchedulerClock clock) : IPeerTopic
{
    /// <inheritdoc/>
    public IPeerTelling Begin(ReplicaStart peer) => new Telling(seat, control, clock);

    private sealed class Telling(LeaderSeat seat, ControlLoop control, SchedulerClock clock) : IPeerTelling
    {
        private const long EveryMs = 5_000;
        private ImmutableArray<float> _told = [];
        private long _toldFence;
        private long? _toldAtMs;

        public void Append(FrameWriter output)
        {
            // The fence first: who loses the lease between the two says the old one, and is refused.
            long fence = seat.Fence, nowMs = clock.NowMs;
            if (!seat.Leads || control.Prices is not { } prices || control.Publisher.Current is not { } snapshot) return;
            if (fence == _toldFence && nowMs - _toldAtMs < EveryMs && prices.AskedMs.AsSpan().SequenceEqual(_told.AsSpan())) return;
            (_told, _toldFence, _toldAtMs) = (prices.AskedMs, fence, nowMs);
            PricesFrame.Write(new PayloadWriter(output.Payload), fence, prices.AgeMs(nowMs), PriceNumbers.Of(prices, snapshot.Fleet));
            output.Append(FrameType.Prices);
        }

        public void Dispose()
        {
        }
    }
}
