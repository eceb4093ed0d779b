using Scheduler.Server.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Peers;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of what replicas do together; of one that can have no peers, only that it leads.</summary>
internal sealed class PeerMetrics(
    LeaderSeat seat, SessionDesk sessions, ReportRelay relay, PeerBook? book = null, PeerLinks? links = null, PeerCounters? counters = null)
{
    /// <summary>Writes them.</summary>
    /// <param name="family">Begins a metric: name, type, help.</param>
    /// <param name="sample">Adds a value: name, labels, value.</param>
    public void Write(Action<string, string, string> family, Action<string, string?, double> sample)
    {
        family("scheduler_leads", "gauge", "1 while this replica plans for all");
        sample("scheduler_leads", null, seat.Leads ? 1 : 0);
        if (book is null || links is null || counters is null) return;
        family("scheduler_leader_fence", "gauge", "Fence of the leader; rises with every change of leader");
        sample("scheduler_leader_fence", null, seat.Fence);
        family("scheduler_leader_terms_total", "counter", "How often this replica became the leader");
        sample("scheduler_leader_terms_total", null, seat.Taken);
        family("scheduler_leader_stale_total", "counter", "Words of replicas that lead no more, refused");
        sample("scheduler_leader_stale_total", null, seat.Refused);
        family("scheduler_peers", "gauge", "Other replicas, by how they stand");
        foreach (PeerState state in Enum.GetValues<PeerState>())
            sample("scheduler_peers", $"state=\"{MetricsText.Name(state)}\"", book.Roll.Peers.Count(peer => peer.State == state));
        family("scheduler_peer_links", "gauge", "Connections to peers that are open, of which one each is wanted");
        sample("scheduler_peer_links", null, links.Count);
        Channel(counters, family, sample);
        family("scheduler_calls_forwarded_total", "counter", "Players' calls on sessions of other replicas, by whether their owner answered in time");
        sample("scheduler_calls_forwarded_total", "outcome=\"answered\"", counters.Forwarded);
        sample("scheduler_calls_forwarded_total", "outcome=\"unanswered\"", counters.Unanswered);
        family("scheduler_sessions_adopted_total", "counter", "Sessions of other replicas that were taken over");
        sample("scheduler_sessions_adopted_total", null, sessions.Adopted);
    }

    private void Channel(PeerCounters channel, Action<string, string, string> family, Action<string, string?, double> sample)
    {
        family("scheduler_peer_frames_total", "counter", "Frames on the peer channel, by direction");
        sample("scheduler_peer_frames_total", "direction=\"sent\"", channel.FramesSent);
        sample("scheduler_peer_frames_total", "direction=\"received\"", channel.FramesReceived);
        family("scheduler_peer_bytes_total", "counter", "Bytes of these frames, by direction");
        sample("scheduler_peer_bytes_total", "direction=\"sent\"", channel.BytesSent);
        sample("scheduler_peer_bytes_total", "direction=\"received\"", channel.BytesReceived);
        family("scheduler_peer_reports_total", "counter", "Reports of nodes told to peers and by peers, by direction");
        sample("scheduler_peer_reports_total", "direction=\"sent\"", channel.ReportsSent);
        sample("scheduler_peer_reports_total", "direction=\"received\"", channel.ReportsReceived);
        family("scheduler_peer_report_delay_seconds_total", "counter", "Time that reports told by peers took from the replica that heard them to this one, all together");
        sample("scheduler_peer_report_delay_seconds_total", null, channel.ReportDelayMs / 1_000.0);
        family("scheduler_peer_reports_replaced_total", "counter", "Reports that a newer one of the same node overtook while a peer was slow");
        sample("scheduler_peer_reports_replaced_total", null, relay.Replaced);
        family("scheduler_peer_unknown_nodes_total", "counter", "What peers said of nodes that the fleet in force here does not have");
        sample("scheduler_peer_unknown_nodes_total", null, channel.UnknownNodes);
        family("scheduler_peer_refused_total", "counter", "Connections and frames of peers that are not believed, by cause");
        foreach (FrameFault cause in Enum.GetValues<FrameFault>()) sample("scheduler_peer_refused_total", $"cause=\"{MetricsText.Name(cause)}\"", channel.Refused(cause));
    }
}
