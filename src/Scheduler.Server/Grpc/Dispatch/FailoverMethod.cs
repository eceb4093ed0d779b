using System.Text;
using System.Text.Json;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc.Sessions;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Peers.Channel;

namespace Scheduler.Server.Grpc.Dispatch;

/// <summary><c>Dispatch/Failover</c>: <c>POST /v1/sessions/failover</c> in protobuf.</summary>
internal sealed class FailoverMethod(PlayerDesk desk) : FailoverEndpoint(desk)
{
    /// <inheritdoc/>
    public override byte[] ForPeer(ReadOnlySpan<byte> body)
    {
        FailoverRequestReader.TryRead(body, out FailoverRequest request, out _); // it was read before
        var message = new FailoverRequestMessage
        {
            Token = Encoding.UTF8.GetString(request.Token),
            Failed = Encoding.UTF8.GetString(request.Failed),
            Reason = Encoding.UTF8.GetString(request.Reason),
            Playing = request.Playing.IsEmpty ? null : Encoding.UTF8.GetString(request.Playing),
        };
        return JsonSerializer.SerializeToUtf8Bytes(message, V1Json.Default.FailoverRequestMessage);
    }

    /// <inheritdoc/>
    public override Task SendAsync(HttpContext context, PeerAnswer answer)
    {
        PeerMessages.Send(context, answer, V1Json.Default.SessionAnswerMessage, PeerMessages.Response);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> body, out FailoverRequest request, out WireProblems problems) =>
        FailoverRequestReader.TryRead(body, out request, out problems);

    /// <inheritdoc/>
    protected override void Send(HttpContext context, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys) =>
        AssignMethod.SendAssignment(context, in answer, candidates, keys);
}
