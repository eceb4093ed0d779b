using System.Collections.Immutable;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Peers;
using Scheduler.State.Planning;

namespace Scheduler.Server.Peers.Topics;

/// <summary>What this replica's sessions weigh, once a second: to all, so that whoever leads next knows it.</summary>
internal sealed class DemandTopic(DemandMeter meter, SnapshotPublisher publisher, SchedulerClock clock) : IPeerTopic
{
    /// <inheritdoc/>
    public IPeerTelling Begin(ReplicaStart peer) => new Telling(meter, publisher, clock);

    private sealed class Telling(DemandMeter meter, SnapshotPublisher publisher, SchedulerClock clock) : IPeerTelling
    {
        private const long EveryMs = 1_000;
        private long? _toldAtMs;

        public void Append(FrameWriter output)
        {
            if (clock.NowMs - _toldAtMs < EveryMs || publisher.Current is not { } snapshot) return;
            _toldAtMs = clock.NowMs;
            Demand demand = meter.Read(snapshot);
            NumberedAmount[] cells = Heaviest(demand.Cells, DemandFrame.MostEntries / 2), sites = Heaviest(demand.Sites, DemandFrame.MostEntries / 2);
            DemandFrame.Write(new PayloadWriter(output.Payload), cells, sites);
            output.Append(FrameType.Demand);
        }

        public void Dispose()
        {
        }

        /// <summary>The amounts, by rising number; where a frame cannot hold all, those that matter most to a plan.</summary>
        private static NumberedAmount[] Heaviest(ImmutableArray<NumberedKbps> amounts, int most)
        {
            IEnumerable<NumberedKbps> kept = amounts.Length <= most ? amounts : amounts.OrderByDescending(amount => amount.Kbps).Take(most).OrderBy(amount => amount.Number);
            return [.. kept.Select(amount => new NumberedAmount(amount.Number, amount.Kbps))];
        }
    }
}
