using System.Collections.Concurrent;
using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>The receiving side of the peer channel: hears each peer out, as long as what it says is provably its own.</summary>
internal sealed partial class PeerReceiver
{
    private readonly Handshake _handshake;
    private readonly PeerBook _book;
    private readonly SchedulerClock _clock;
    private readonly PeerCounters _counters;
    private readonly ILogger<PeerReceiver> _log;
    private readonly IPeerHandler?[] _handlers = new IPeerHandler?[byte.MaxValue + 1];
    private readonly ConcurrentDictionary<byte, Connection> _connections = new();

    private sealed record Connection(ReplicaStart Peer, HttpContext Context);

    /// <summary>A receiver that knows the given types of frames.</summary>
    public PeerReceiver(
        Handshake handshake, PeerBook book, SchedulerClock clock, PeerCounters counters, IEnumerable<IPeerHandler> handlers, ILogger<PeerReceiver> log)
    {
        (_handshake, _book, _clock, _counters, _log) = (handshake, book, clock, counters, log);
        foreach (IPeerHandler handler in handlers) _handlers[(byte)handler.Type] = handler;
    }

    /// <summary>Serves one connection to its end.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            if (await GreetAsync(context) is { } keys) await HearAsync(context, keys);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The peer went, or is too slow to say who it is: it comes again.
        }
    }

    private async Task<ChannelKeys?> GreetAsync(HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Handshake.Patience);
        ChannelKeys? keys = await _handshake.AnswerAsync(context.Request.BodyReader, context.Response.BodyWriter, patience.Token);
        FrameFault? fault = keys is null ? FrameFault.Handshake : IsStale(keys.Peer) ? FrameFault.Stale : null;
        if (fault is not { } cause) return keys;
        _counters.Refuse(cause);
        Refused(context.Connection.RemoteIpAddress?.ToString(), cause);
        context.Abort();
        return null;
    }

    /// <summary>True for one that bears our own number, or that a newer start of itself has followed.</summary>
    private bool IsStale(ReplicaStart peer) =>
        peer.Number == _book.Id.Number
        || (_connections.TryGetValue(peer.Number, out Connection? open) && open.Peer.Start > peer.Start)
        || _book.Roll.Find(peer.Number)?.Member.Start > peer.Start;

    private async Task HearAsync(HttpContext context, ChannelKeys keys)
    {
        var connection = new Connection(keys.Peer, context);
        _connections.TryGetValue(keys.Peer.Number, out Connection? before);
        _connections[keys.Peer.Number] = connection;
        before?.Context.Abort(); // the peer has come anew: what is left of the old connection is a part that hangs
        var replies = new FrameQueue();
        using var reader = new FrameReader(context.Request.BodyReader, keys.Incoming, _counters);
        using var writer = new FrameWriter(context.Response.BodyWriter, keys.Outgoing, _clock, _counters);
        Task replying = replies.RunAsync(writer, null, context.RequestAborted);
        try
        {
            await HearAsync(reader, keys.Peer, replies, context.RequestAborted);
            if (reader.Fault is not { } fault) return;
            _counters.Refuse(fault);
            Refused(keys.Peer.ToString(), fault);
            context.Abort();
        }
        finally
        {
            _connections.TryRemove(new KeyValuePair<byte, Connection>(keys.Peer.Number, connection));
            replies.Close();
            await replying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HearAsync(FrameReader reader, ReplicaStart peer, FrameQueue replies, CancellationToken cancellation)
    {
        var transit = new TransitMeter();
        while (await reader.NextAsync(cancellation))
        {
            long nowMs = _clock.NowMs;
            long delayMs = transit.DelayMs(reader.Header.SentAtMs, nowMs);
            _book.Heard(peer);
            // A later version says more than we know: what we do not know is not for us.
            if (_handlers[(byte)reader.Header.Type] is not { } handler) continue;
            if (!await handler.HandleAsync(new PeerFrame(peer, reader.Payload, nowMs - delayMs, replies), cancellation)) _counters.Refuse(FrameFault.Malformed);
        }
    }

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "A connection of {Peer} on the peer channel is refused: {Fault}")]
    private partial void Refused(string? peer, FrameFault fault);
}
