using System.Collections.Concurrent;
using System.Diagnostics;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;

namespace Scheduler.Server.Peers.Sessions;

/// <summary>Keeps the traces of calls that are about to come from peers.</summary>
internal sealed class TraceHandler : IPeerHandler
{
    /// <summary>Most traces whose calls have not come. A call follows its trace at once, so there are few; what a broken peer leaves behind is forgotten all at once.</summary>
    private const int Most = 1_024;

    private readonly ConcurrentDictionary<(byte Peer, long Call), ActivityContext> _coming = new();

    /// <inheritdoc/>
    public FrameType Type => FrameType.Trace;

    /// <inheritdoc/>
    public ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (!TraceFrame.TryRead(frame.Payload.Span, out TraceFrame trace)) return new(false);
        if (_coming.Count >= Most) _coming.Clear();
        if (ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out ActivityContext parent)) _coming[(frame.Peer.Number, trace.Call)] = parent;
        return new(true);
    }

    /// <summary>The trace of a call, once; none where it is not traced.</summary>
    /// <param name="peer">Number of the peer that asks.</param>
    /// <param name="call">Id of the call.</param>
    public ActivityContext Take(byte peer, long call) => _coming.TryRemove((peer, call), out ActivityContext parent) ? parent : default;
}
