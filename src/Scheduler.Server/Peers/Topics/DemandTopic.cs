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
            int half = DemandFrame.MostEntries / 2, quarter = half / 2;
            NumberedAmount[] cells = Heaviest(demand.Cells, half), sites = Heaviest(demand.Sites, quarter);
            ClassAmounts[] classes = [.. demand.Classes.Select(part => new ClassAmounts(part.Class, Heaviest(part.Cells, quarter / demand.Classes.Length)))];
            DemandFrame.Write(new PayloadWriter(output.Payload), cells, sites, classes);
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
