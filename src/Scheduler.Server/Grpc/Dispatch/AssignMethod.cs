using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Endpoints.Players;

namespace Scheduler.Server.Grpc.Dispatch;

/// <summary><c>Dispatch/Assign</c>: <c>POST /v1/sessions</c> in protobuf.</summary>
internal sealed class AssignMethod(PlayerDesk desk) : OpenEndpoint(desk)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> body, out SessionRequest request, out WireProblems problems) => AssignRequestReader.TryRead(body, out request, out problems);

    /// <inheritdoc/>
    protected override void Send(HttpContext context, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys) =>
        SendAssignment(context, in answer, candidates, keys);

    /// <summary>Sends an <c>Assignment</c>.</summary>
    internal static void SendAssignment(HttpContext context, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        Span<byte> room = GrpcReply.Room(context, AssignmentWriter.MaxLength(in answer, candidates));
        GrpcReply.Message(context, room, AssignmentWriter.Write(room[MessageFrame.HeaderLength..], in answer, candidates, keys));
    }
}
