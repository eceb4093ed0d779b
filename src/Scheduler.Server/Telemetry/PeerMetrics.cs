using Scheduler.Server.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Peers;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of what replicas do together; of one that can have no peers, only that it leads.</summary>
internal sealed class PeerMetrics(
    LeaderSeat seat, SessionDesk sessions, ReportRelay relay, PeerBook? book = null, PeerLinks? links = null, PeerCounters? counters = null) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_leads", MetricKind.Gauge, "1 while this replica plans for all");
        sink.Sample(seat.Leads ? 1 : 0);
        if (book is null || links is null || counters is null) return;
        sink.Family("scheduler_leader_fence", MetricKind.Gauge, "Fence of the leader; rises with every change of leader");
        sink.Sample(seat.Fence);
        sink.Family("scheduler_leader_terms_total", MetricKind.Counter, "How often this replica became the leader");
        sink.Sample(seat.Taken);
        sink.Family("scheduler_leader_stale_total", MetricKind.Counter, "Words of replicas that lead no more, refused");
        sink.Sample(seat.Refused);
        sink.Family("scheduler_peers", MetricKind.Gauge, "Other replicas, by how they stand");
        foreach (PeerState state in Enum.GetValues<PeerState>())
            sink.Sample(book.Roll.Peers.Count(peer => peer.State == state), MetricLabel.Of("state", state));
        sink.Family("scheduler_peer_links", MetricKind.Gauge, "Connections to peers that are open, of which one each is wanted");
        sink.Sample(links.Count);
        Channel(counters, sink);
        sink.Family("scheduler_calls_forwarded_total", MetricKind.Counter, "Players' calls on sessions of other replicas, by whether their owner answered in time");
        sink.Sample(counters.Forwarded, new MetricLabel("outcome", "answered"));
        sink.Sample(counters.Unanswered, new MetricLabel("outcome", "unanswered"));
        sink.Family("scheduler_sessions_adopted_total", MetricKind.Counter, "Sessions of other replicas that were taken over");
        sink.Sample(sessions.Adopted);
    }

    private void Channel(PeerCounters channel, IMetricSink sink)
    {
        sink.Family("scheduler_peer_frames_total", MetricKind.Counter, "Frames on the peer channel, by direction");
        sink.Sample(channel.FramesSent, new MetricLabel("direction", "sent"));
        sink.Sample(channel.FramesReceived, new MetricLabel("direction", "received"));
        sink.Family("scheduler_peer_bytes_total", MetricKind.Counter, "Bytes of these frames, by direction");
        sink.Sample(channel.BytesSent, new MetricLabel("direction", "sent"));
        sink.Sample(channel.BytesReceived, new MetricLabel("direction", "received"));
        sink.Family("scheduler_peer_reports_total", MetricKind.Counter, "Reports of nodes told to peers and by peers, by direction");
        sink.Sample(channel.ReportsSent, new MetricLabel("direction", "sent"));
        sink.Sample(channel.ReportsReceived, new MetricLabel("direction", "received"));
        sink.Family("scheduler_peer_report_delay_seconds_total", MetricKind.Counter, "Time that reports told by peers took from the replica that heard them to this one, all together");
        sink.Sample(channel.ReportDelayMs / 1_000.0);
        sink.Family("scheduler_peer_reports_replaced_total", MetricKind.Counter, "Reports that a newer one of the same node overtook while a peer was slow");
        sink.Sample(relay.Replaced);
        sink.Family("scheduler_peer_unknown_nodes_total", MetricKind.Counter, "What peers said of nodes that the fleet in force here does not have");
        sink.Sample(channel.UnknownNodes);
        sink.Family("scheduler_peer_refused_total", MetricKind.Counter, "Connections and frames of peers that are not believed, by cause");
        foreach (FrameFault cause in Enum.GetValues<FrameFault>()) sink.Sample(channel.Refused(cause), MetricLabel.Of("cause", cause));
    }
}
