using System.Text;
using System.Text.Json;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Sessions;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Peers.Channel;

namespace Scheduler.Server.Grpc.Dispatch;

/// <summary><c>Dispatch/Heartbeat</c>: <c>POST /v1/sessions/heartbeat</c> in protobuf.</summary>
internal sealed class HeartbeatMethod(PlayerDesk desk) : HeartbeatEndpoint(desk)
{
    /// <inheritdoc/>
    public override byte[] ForPeer(ReadOnlySpan<byte> body)
    {
        HeartbeatRequestReader.TryRead(body, out HeartbeatRequest request, out _); // it was read before
        var message = new HeartbeatRequestMessage { Token = Encoding.UTF8.GetString(request.Token), RttMs = request.RttMs, ThroughputBps = request.ThroughputBps, StallMs = request.StallMs };
        return JsonSerializer.SerializeToUtf8Bytes(message, V1Json.Default.HeartbeatRequestMessage);
    }

    /// <inheritdoc/>
    public override Task SendAsync(HttpContext context, PeerAnswer answer)
    {
        PeerMessages.Send(context, answer, V1Json.Default.HeartbeatAnswerMessage, PeerMessages.Response);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> body, out HeartbeatRequest request, out WireProblems problems) =>
        HeartbeatRequestReader.TryRead(body, out request, out problems);

    /// <inheritdoc/>
    protected override void Send(HttpContext context, in HeartbeatAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, uint ticketsExpireAtUnixS, TokenKeyRing keys)
    {
        Span<byte> room = GrpcReply.Room(context, HeartbeatResponseWriter.MaxLength(in answer, candidates));
        GrpcReply.Message(context, room, HeartbeatResponseWriter.Write(room[MessageFrame.HeaderLength..], in answer, candidates, ticketsExpireAtUnixS, keys));
    }
}
