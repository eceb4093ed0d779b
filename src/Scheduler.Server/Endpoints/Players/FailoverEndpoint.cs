using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Peers;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Http;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Security;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Endpoints.Players;

/// <summary><c>POST /v1/sessions/failover</c>: a node failed the viewer; others are named, and many such calls eject it.</summary>
internal class FailoverEndpoint(PlayerDesk desk) : BodyEndpoint(LongestBody), ISessionCall
{
    private const int LongestBody = 4 * 1024;

    /// <inheritdoc/>
    public SessionCall Kind => SessionCall.Failover;

    /// <inheritdoc/>
    protected override Task Answer(HttpContext context, ReadOnlySpan<byte> body) =>
        desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)
            ? AnswerAsync(context, snapshot, PlayerDesk.OriginOf(context, caller), body, mayAsk: true)
            : Task.CompletedTask;

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, ReadOnlySpan<byte> body, bool mayAsk)
    {
        if (!TryRead(body, out FailoverRequest request, out WireProblems problems))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
            return Task.CompletedTask;
        }
        Span<byte> stream = stackalloc byte[StreamName.MaxLength];
        if (!desk.TryReadToken(context, request.Token, stream, mayAsk, out SessionClaims claims, out int streamLength)) return Task.CompletedTask;
        if (mayAsk && desk.OwnerOf(in claims) is { } owner) return desk.AskAsync(owner, this, context, snapshot, origin, body.ToArray());
        int? failed = snapshot.Fleet.TryFindNode(request.Failed, out int node) ? node : null;
        int? playing = !request.Playing.IsEmpty && snapshot.Fleet.TryFindNode(request.Playing, out int spare) ? spare : null;
        int streamClass = PlayerDesk.ClassOf(snapshot, origin.Tenant, stream[..streamLength]);
        BeatAction action = desk.Sessions.Failover(snapshot, ref claims, failed, out Decision decision, streamClass, origin.Tenant, playing);
        desk.Counters.Failover(action);
        if (HeartbeatEndpoint.Ended(context, action)) return Task.CompletedTask;
        desk.Saw(in claims);
        int cell = snapshot.Candidates.TryFindCell(claims.Cell, out int known) ? known : snapshot.DefaultCell;
        if (decision.Refused)
        {
            PlayerDesk.RefusePlace(context, snapshot, cell, streamClass, decision.Outcome);
            return Task.CompletedTask;
        }
        Unsafe.SkipInit(out CandidateRoom room);
        ReadOnlySpan<CandidateAnswer> candidates = desk.Candidates(snapshot, in decision, room);
        SessionAnswer answer = desk.AnswerOf(snapshot, in claims, stream[..streamLength], cell, in decision, holds: action == BeatAction.Move);
        Send(context, in answer, candidates, desk.Keys);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual byte[] ForPeer(ReadOnlySpan<byte> body) => body.ToArray();

    /// <inheritdoc/>
    public virtual Task SendAsync(HttpContext context, PeerAnswer answer) => answer.SendAsync(context.Response);

    /// <summary>Reads the request.</summary>
    protected virtual bool TryRead(ReadOnlySpan<byte> body, out FailoverRequest request, out WireProblems problems) =>
        FailoverRequest.TryParse(body, out request, out problems);

    /// <summary>Sends the answer.</summary>
    protected virtual void Send(HttpContext context, in SessionAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, TokenKeyRing keys)
    {
        Span<byte> output = context.Response.BodyWriter.GetSpan(SessionAnswerWriter.MaxLength(in answer, candidates));
        Reply.Written(context, StatusCodes.Status200OK, SessionAnswerWriter.Write(output, in answer, candidates, keys));
    }
}
