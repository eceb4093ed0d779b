using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Takes in what a peer heard from nodes of the starts of our own admissions.</summary>
internal sealed class StartsHandler(ControlLoop control, ReportWriters writers, SchedulerClock clock) : IPeerHandler
{
    /// <inheritdoc/>
    public FrameType Type => FrameType.Starts;

    /// <inheritdoc/>
    public async ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (control.Publisher.Current is not { } snapshot) return true;
        if (!TryGather(frame, snapshot.Fleet, out List<PeerStart>?[] gathered)) return false;
        for (int writer = 0; writer < gathered.Length; writer++)
            if (gathered[writer] is { } starts) await writers.PostAsync(writer, new PeerStarts(clock.NowMs, starts.ToArray()), cancellation);
        return true;
    }

    private bool TryGather(in PeerFrame frame, Core.Routing.FleetIndex fleet, out List<PeerStart>?[] gathered)
    {
        gathered = new List<PeerStart>?[writers.Count];
        var input = new PayloadReader(frame.Payload.Span);
        while (StartsFrame.TryReadNext(ref input, out NumberedStart told))
        {
            if (!fleet.TryFindNodeByNumber(told.Number, out int index) || control.NodeAt(index) is not { } node || control.SiteAt(node.Node.SiteIndex) is not { } site) continue;
            (gathered[writers.WriterOf(site)] ??= []).Add(new PeerStart(site, node, told.Incarnation, told.Sequence, told.Started));
        }
        return !input.Failed;
    }
}
