using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Peers;
using Scheduler.State.Sites;

namespace Scheduler.Server.Peers.Topics;

/// <summary>The reports that this replica hears from nodes, and after them what they say of starts that concerns the peer.</summary>
internal sealed class ReportsTopic(ReportRelay relay, SchedulerClock clock, PeerCounters counters) : IPeerTopic
{
    /// <inheritdoc/>
    public IPeerTelling Begin(ReplicaStart peer) => new Telling(peer.Number, relay, clock, counters);

    private sealed class Telling(int peer, ReportRelay relay, SchedulerClock clock, PeerCounters counters) : IPeerTelling
    {
        private const int Full = FrameHeader.MaxPayload - ReportsFrame.MaxReport;
        private readonly RelayOutbox _outbox = relay.Open();
        private List<ReportEnvelope> _told = [];

        public void Append(FrameWriter output)
        {
            _told = _outbox.Take(_told);
            if (_told.Count == 0) return;
            AppendFlows(output);
            long nowMs = clock.NowMs;
            var payload = output.Payload;
            foreach (ReportEnvelope envelope in _told)
            {
                if (payload.WrittenCount > Full)
                {
                    output.Append(FrameType.Reports);
                    payload = output.Payload;
                }
                NodeReport report = envelope.Report;
                ReportsFrame.Append(new PayloadWriter(payload), envelope.Node.Node.Number, Math.Max(0, nowMs - envelope.ReceivedAtMs), in report);
            }
            output.Append(FrameType.Reports);
            counters.ReportsTold(_told.Count);
            AppendStarts(output);
        }

        // Before the reports, so that the peer has them at hand when these come; a frame of its own, which a peer of an older version passes over.
        private void AppendFlows(FrameWriter output)
        {
            var payload = output.Payload;
            foreach (ReportEnvelope envelope in _told)
            {
                NodeReport report = envelope.Report;
                if (!FlowsFrame.Has(in report)) continue;
                if (payload.WrittenCount > FrameHeader.MaxPayload - FlowsFrame.MaxEntry)
                {
                    output.Append(FrameType.Flows);
                    payload = output.Payload;
                }
                FlowsFrame.Append(new PayloadWriter(payload), envelope.Node.Node.Number, in report);
            }
            if (payload.WrittenCount > 0) output.Append(FrameType.Flows);
        }

        // Likewise a frame of its own.
        private void AppendStarts(FrameWriter output)
        {
            var payload = output.Payload;
            foreach (ReportEnvelope envelope in _told)
            {
                if (Escrow.Started(envelope.Report, peer) is not { } started) continue;
                if (payload.WrittenCount > FrameHeader.MaxPayload - StartsFrame.MaxEntry)
                {
                    output.Append(FrameType.Starts);
                    payload = output.Payload;
                }
                StartsFrame.Append(new PayloadWriter(payload), envelope.Node.Node.Number, envelope.Report.Incarnation, envelope.Report.Sequence, started);
            }
            if (payload.WrittenCount > 0) output.Append(FrameType.Starts);
        }

        public void Dispose() => relay.Close(_outbox);
    }
}
