using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Http;
using Scheduler.Server.Security;
using Scheduler.Server.Telemetry.Tracing;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary><c>POST /v1/sessions</c>: where to play, or to publish.</summary>
internal class OpenEndpoint(PlayerDesk desk) : BodyEndpoint(LongestBody)
{
    private const int LongestBody = 16 * 1024;

    /// <inheritdoc/>
    protected override Task Answer(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        if (!TryRead(body, out SessionRequest request, out WireProblems problems))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
            return Task.CompletedTask;
        }
        snapshot.Streams.Fetch(StreamName.Hash(request.Stream)); // is read when the viewer has been located
        if (!PlayerDesk.TryLocate(context, snapshot, caller, request.ClientIp, out ViewerPlace place, out ProblemKind refusal))
        {
            Reply.Problem(context, refusal, null, [PlayerDesk.AddressProblem(refusal)]);
            return Task.CompletedTask;
        }
        int streamClass = PlayerDesk.ClassOf(snapshot, caller, request.Stream);
        if (!TryOpen(desk, snapshot, in request, place, streamClass, out Decision decision, out SessionClaims claims, caller.Tenant))
        {
            PlayerDesk.RefusePlace(context, snapshot, place.Cell, streamClass, decision.Outcome);
            return Task.CompletedTask;
        }
        Unsafe.SkipInit(out CandidateRoom room);
        ReadOnlySpan<CandidateAnswer> candidates = desk.Candidates(snapshot, in decision, room);
        SteeringPlace steering = desk.SteeringOf(context, caller, stackalloc byte[SteeringPlace.MaxLength]);
        SessionAnswer answer = desk.AnswerOf(snapshot, in claims, request.Stream, place.Cell, in decision, steering, holds: true);
        Send(context, in answer, candidates, desk.Keys);
        return Task.CompletedTask;
    }

    /// <summary>Reads the request.</summary>
    protected virtual bool TryRead(ReadOnlySpan<byte> body, out SessionRequest request, out WireProblems problems) =>
        SessionRequest.TryParse(body, out request, out problems);

    /// <summary>Sends the answer.</summary>
    protected virtual void Send(HttpContext context, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        Span<byte> output = context.Response.BodyWriter.GetSpan(SessionAnswerWriter.MaxLength(in answer, candidates));
        Reply.Written(context, StatusCodes.Status201Created, SessionAnswerWriter.Write(output, in answer, candidates, keys));
    }

    /// <summary>Opens what a parsed request asks for; also for each request of a batch.</summary>
    internal static bool TryOpen(
        PlayerDesk desk, RoutingSnapshot snapshot, in SessionRequest request, ViewerPlace place, int streamClass, out Decision decision,
        out SessionClaims claims, string? tenant = null)
    {
        Span<int> excluded = stackalloc int[ExcludedNodes.MaxCount];
        int count = 0;
        if (request.Exclude.Count > 0)
            foreach (ReadOnlySpan<byte> id in request.Exclude)
                if (snapshot.Fleet.TryFindNode(id, out int node)) excluded[count++] = node;
        var order = new SessionOrder
        {
            Cell = place.Cell,
            Row = place.Row,
            Class = streamClass,
            Tenant = tenant,
            Viewer = place.Network,
            Stream = StreamName.Hash(request.Stream),
            Name = request.Stream,
            Kind = request.Kind,
            Protocols = request.Protocol,
            BitRateBps = request.BitrateBps,
            Exclude = excluded[..count],
            Want = request.Want,
        };
        SessionClaims? previous = request.PreviousToken.IsEmpty ? null : desk.Previous(request.PreviousToken);
        bool opened = desk.Sessions.TryOpen(snapshot, in order, in previous, out decision, out claims);
        if (opened && previous is { } before) desk.CloseElsewhere(in before, request.PreviousToken);
        desk.Counters.Decided(decision.Outcome);
        CallSpan.Note(snapshot, place.Cell, in decision);
        if (!opened) return false;
        desk.Names.Learn(order.Stream, request.Stream);
        desk.Saw(in claims);
        if (previous is { } ended) desk.Left(in ended);
        return true;
    }
}
