using System.Collections.Concurrent;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Control;

namespace Scheduler.Server.Peers.Topics;

/// <summary>Keeps what a peer tells of arrivals and pulls until the reports come that it belongs to, in the next frames; one entry a node of the fleet at most.</summary>
internal sealed class FlowsHandler(ControlLoop control) : IPeerHandler
{
    private readonly ConcurrentDictionary<int, ReportFlows> _waiting = new();

    /// <inheritdoc/>
    public FrameType Type => FrameType.Flows;

    /// <inheritdoc/>
    public ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (control.Publisher.Current is not { } snapshot) return ValueTask.FromResult(true);
        var input = new PayloadReader(frame.Payload.Span);
        while (FlowsFrame.TryReadNext(ref input, out ReportFlows flows))
            if (snapshot.Fleet.TryFindNodeByNumber(flows.Node, out _)) _waiting[flows.Node] = flows;
        return ValueTask.FromResult(!input.Failed);
    }

    /// <summary>A report that a peer told, with what was told of it before.</summary>
    /// <param name="node">Permanent number of its node.</param>
    /// <param name="report">The report.</param>
    public NodeReport Complete(int node, in NodeReport report) => _waiting.TryRemove(node, out ReportFlows flows) ? flows.Into(in report) : report;
}
