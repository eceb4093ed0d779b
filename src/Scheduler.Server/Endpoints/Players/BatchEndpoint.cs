using System.Buffers;
using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Http;
using Scheduler.Server.Security;

namespace Scheduler.Server.Endpoints.Players;

/// <summary><c>POST /v1/sessions:batch</c>: many sessions in one call; each is answered for itself, in order.</summary>
internal sealed class BatchEndpoint(PlayerDesk desk) : BodyEndpoint(LongestBody)
{
    private const int LongestBody = 2 * 1024 * 1024;

    /// <inheritdoc/>
    protected override Task Answer(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        if (!SessionBatchRequest.TryParse(body, out SessionBatchRequest batch, out WireProblems problems))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
            return Task.CompletedTask;
        }
        // The call itself was counted as one session.
        if (batch.Count > 1 && !desk.Limits.AdmitsPlayer(context, caller, batch.Count - 1)) return Task.CompletedTask;
        var buffer = new ArrayBufferWriter<byte>(1024 + (batch.Count * 1024));
        var writer = new SessionBatchAnswerWriter(buffer);
        SteeringPlace steering = desk.SteeringOf(context, caller, stackalloc byte[SteeringPlace.MaxLength]);
        foreach (ReadOnlySpan<byte> one in batch) AnswerOne(context, snapshot, caller, one, steering, ref writer);
        writer.Complete();
        Reply.Bytes(context, StatusCodes.Status200OK, buffer.WrittenSpan);
        return Task.CompletedTask;
    }

    private void AnswerOne(
        HttpContext context, RoutingSnapshot snapshot, Caller caller, scoped ReadOnlySpan<byte> one, scoped SteeringPlace steering, scoped ref SessionBatchAnswerWriter writer)
    {
        if (!SessionRequest.TryParse(one, out SessionRequest request, out WireProblems problems))
        {
            writer.Problem(ProblemKind.InvalidRequest, null, problems.All);
        }
        else if (!PlayerDesk.TryLocate(context, snapshot, caller, request.ClientIp, out ViewerPlace place, out ProblemKind refusal))
        {
            writer.Problem(refusal, null, [PlayerDesk.AddressProblem(refusal)]);
        }
        else if (PlayerDesk.ClassOf(snapshot, caller, request.Stream) is var streamClass
            && !OpenEndpoint.TryOpen(desk, snapshot, in request, place, streamClass, out Decision decision, out SessionClaims claims, caller.Tenant))
        {
            writer.Problem(PlayerDesk.KindOf(decision.Outcome), PlayerDesk.ReasonOf(snapshot, place.Cell, streamClass, decision.Outcome));
        }
        else
        {
            Unsafe.SkipInit(out CandidateRoom room);
            SessionAnswer answer = desk.AnswerOf(snapshot, in claims, request.Stream, place.Cell, in decision, steering, holds: true);
            writer.Answer(in answer, desk.Candidates(snapshot, in decision, room), desk.Keys);
        }
    }
}
