using Scheduler.Core.Routing;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.Grpc.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Http;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Security;

namespace Scheduler.Server.Grpc.Dispatch;

/// <summary><c>Dispatch/Release</c>: <c>DELETE /v1/sessions</c> in protobuf.</summary>
internal sealed class ReleaseMethod(PlayerDesk desk) : CloseEndpoint(desk)
{
    private static readonly ReleaseResponse Released = new();

    private readonly PlayerDesk _desk = desk;

    /// <summary>Answers one call; the <see cref="MessageHandler"/> of the method.</summary>
    public Task AnswerMessage(HttpContext context, ReadOnlySpan<byte> message)
    {
        if (!_desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        if (ReleaseRequestReader.TryRead(message, out ReadOnlySpan<byte> token, out WireProblems problems))
            return AnswerAsync(context, snapshot, PlayerDesk.OriginOf(context, caller), token, mayAsk: true);
        Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task SendAsync(HttpContext context, PeerAnswer answer)
    {
        if (answer.Status == StatusCodes.Status204NoContent) Send(context);
        else PeerMessages.Refuse(context, answer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Send(HttpContext context) => GrpcReply.Message(context, Released);
}
