using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Endpoints.Steering;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Telemetry.Tracing;
using Scheduler.State.Control;
using Scheduler.State.Telemetry;

namespace Scheduler.Server.Peers.Sessions;

/// <summary>Answers players' calls that came in at a peer, with the same code as those that come in here.</summary>
internal sealed class CallHandler(PlayerDesk desk, SteeringEndpoint steering, SnapshotPublisher publisher, TraceHandler traces) : IPeerHandler
{
    private readonly ISessionCall[] _calls = [new HeartbeatEndpoint(desk), new FailoverEndpoint(desk), new CloseEndpoint(desk), steering];

    /// <inheritdoc/>
    public FrameType Type => FrameType.Call;

    /// <inheritdoc/>
    public async ValueTask<bool> HandleAsync(PeerFrame frame, CancellationToken cancellation)
    {
        if (publisher.Current is not { } snapshot) return true; // unanswered: the peer answers for itself
        using var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        // Where nobody listens no span is begun: the trace is taken out all the same.
        using Activity? span = CallFrame.TryRead(frame.Payload.Span, out CallFrame call) && traces.Take(frame.Peer.Number, call.Id) is { } parent && parent != default
            ? SchedulerInstruments.Spans.StartActivity("peer answer", ActivityKind.Server, parent) : null;
        if (Answer(frame, snapshot, context, out long id) is not { } answering) return false;
        await answering;
        span?.End(context.Response.StatusCode);
        await context.Response.CompleteAsync();
        frame.Replies.TrySend(FrameType.Answer, Payload(id, context.Response, body));
        return true;
    }

    private Task? Answer(in PeerFrame frame, RoutingSnapshot snapshot, HttpContext context, out long id)
    {
        bool isCall = CallFrame.TryRead(frame.Payload.Span, out CallFrame call);
        id = call.Id;
        if (!isCall) return null;
        var origin = new CallOrigin(call.Network, call.Tenant);
        // It is answered here even where the session is not ours any more: who asked must not be sent in a circle.
        return _calls[(int)call.Kind].AnswerAsync(context, snapshot, origin, call.Body, mayAsk: false);
    }

    private static byte[] Payload(long id, HttpResponse response, MemoryStream body)
    {
        var payload = new ArrayBufferWriter<byte>((int)body.Length + 64);
        string? retryAfter = response.Headers.RetryAfter.Count == 0 ? null : response.Headers.RetryAfter.ToString();
        new AnswerFrame(id, response.StatusCode, response.ContentType, retryAfter, body.GetBuffer().AsSpan(0, (int)body.Length)).Write(new PayloadWriter(payload));
        return payload.WrittenSpan.ToArray();
    }
}
