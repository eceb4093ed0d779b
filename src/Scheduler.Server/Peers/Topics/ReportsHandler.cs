using Scheduler.Core.Routing;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in the reports that a peer heard, as if this replica had heard them when the peer did.</summary>
internal sealed class ReportsHandler(ControlLoop control, ReportWriters writers, SchedulerClock clock, PeerCounters counters, FlowsHandler flows) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.Reports;

    /// <inheritdoc/>
    public async ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (control.Publisher.Current is not { } snapshot) return true; // nothing is known of any node yet
        if (!TryGather(frame, snapshot.Fleet, out List<ReportEnvelope>?[] gathered)) return false;
        for (int writer = 0; writer < gathered.Length; writer++)
            if (gathered[writer] is { } reports) await writers.PostAsync(writer, reports.ToArray(), cancellation);
        return true;
    }

    private bool TryGather(in PeerFrame frame, FleetIndex fleet, out List<ReportEnvelope>?[] gathered)
    {
        gathered = new List<ReportEnvelope>?[writers.Count];
        long calendarMs = clock.UnixMs - clock.NowMs, delayMs = 0;
        int heard = 0;
        var input = new PayloadReader(frame.Payload.Span);
        while (ReportsFrame.TryReadNext(ref input, out RelayedReport relayed))
        {
            if (!fleet.TryFindNodeByNumber(relayed.Node, out int index) || control.NodeAt(index) is not { } node || control.SiteAt(node.Node.SiteIndex) is not { } site)
            {
                counters.UnknownNode(); // the peer has a newer fleet, or we have
                continue;
            }
            long receivedAtMs = frame.SentAtMs - relayed.AgeMs;
            heard++;
            delayMs += clock.NowMs - receivedAtMs;
            (gathered[writers.WriterOf(site)] ??= []).Add(new ReportEnvelope(site, node, flows.Complete(relayed.Node, relayed.Report), receivedAtMs, receivedAtMs + calendarMs) { IsRelayed = true });
        }
        counters.ReportsHeard(heard, delayMs);
        return !input.Failed;
    }
}
