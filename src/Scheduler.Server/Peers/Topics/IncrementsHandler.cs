using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in what a peer assigned to nodes.</summary>
internal sealed class IncrementsHandler(ControlLoop control, ReportWriters writers, SchedulerClock clock, PeerCounters counters) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.Increments;

    /// <inheritdoc/>
    public async ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (!IncrementsFrame.TryRead(frame.Payload.Span, out bool areFirst, out NumberedAmount[] nodes)) return false;
        if (control.Publisher.Current is not { } snapshot) return true;
        var gathered = new List<PeerIncrement>?[writers.Count];
        foreach (NumberedAmount told in nodes)
        {
            if (!snapshot.Fleet.TryFindNodeByNumber(told.Number, out int index) || control.NodeAt(index) is not { } node || control.SiteAt(node.Node.SiteIndex) is not { } site)
            {
                counters.UnknownNode();
                continue;
            }
            (gathered[writers.WriterOf(site)] ??= []).Add(new PeerIncrement(site, node, told.Kbps));
        }
        for (int writer = 0; writer < gathered.Length; writer++)
        {
            if (gathered[writer] is { } increments)
                await writers.PostAsync(writer, new PeerIncrements(frame.Peer, areFirst, clock.NowMs, increments.ToArray()), cancellation);
        }
        return true;
    }
}
