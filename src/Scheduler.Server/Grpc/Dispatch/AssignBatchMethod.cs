using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Http;
using Scheduler.Server.Security;

namespace Scheduler.Server.Grpc.Dispatch;

/// <summary><c>Dispatch/AssignBatch</c>: <c>POST /v1/sessions:batch</c> in protobuf.</summary>
internal sealed class AssignBatchMethod(PlayerDesk desk)
{
    /// <summary>More than most results take, bytes: the room for them is sought once.</summary>
    private const int UsualLength = 1_100;

    /// <summary>Answers one call; the <see cref="MessageHandler"/> of the method.</summary>
    public Task AnswerMessage(HttpContext context, ReadOnlySpan<byte> message)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        if (!AssignBatch.TryRead(message, out AssignBatch batch, out WireProblems problems))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
            return Task.CompletedTask;
        }
        // The call itself was counted as one session.
        if (batch.Count > 1 && !desk.Limits.AdmitsPlayer(context, caller, batch.Count - 1)) return Task.CompletedTask;
        using var results = new RentedBuffer(UsualLength * (batch.Count + 1));
        SteeringPlace steering = desk.SteeringOf(context, caller, stackalloc byte[SteeringPlace.MaxLength]);
        foreach (ReadOnlySpan<byte> one in batch) AnswerOne(context, snapshot, caller, one, steering, results);
        Span<byte> room = GrpcReply.Room(context, results.Written.Length);
        results.Written.CopyTo(room[MessageFrame.HeaderLength..]);
        GrpcReply.Message(context, room, results.Written.Length);
        return Task.CompletedTask;
    }

    private void AnswerOne(HttpContext context, RoutingSnapshot snapshot, Caller caller, ReadOnlySpan<byte> one, SteeringPlace steering, RentedBuffer results)
    {
        if (!AssignRequestReader.TryRead(one, out SessionRequest request, out WireProblems problems))
        {
            AssignResultWriter.Problem(results, ProblemKind.InvalidRequest, null, problems.All);
        }
        else if (!PlayerDesk.TryLocate(context, snapshot, caller, request.ClientIp, out ViewerPlace place, out ProblemKind refusal))
        {
            AssignResultWriter.Problem(results, refusal, null, [PlayerDesk.AddressProblem(refusal)]);
        }
        else if (PlayerDesk.ClassOf(snapshot, caller, request.Stream) is var streamClass
            && !OpenEndpoint.TryOpen(desk, snapshot, in request, place, streamClass, out Decision decision, out SessionClaims claims, caller.Tenant))
        {
            AssignResultWriter.Problem(results, PlayerDesk.KindOf(decision.Outcome), PlayerDesk.ReasonOf(snapshot, place.Cell, streamClass, decision.Outcome));
        }
        else
        {
            Unsafe.SkipInit(out CandidateRoom room);
            SessionAnswer answer = desk.AnswerOf(snapshot, in claims, request.Stream, place.Cell, in decision, steering, holds: true);
            AssignResultWriter.Answer(results, in answer, desk.Candidates(snapshot, in decision, room), desk.Keys);
        }
    }
}
