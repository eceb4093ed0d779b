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

/// <summary><c>POST /v1/sessions/heartbeat</c>: still playing; stay or move.</summary>
internal class HeartbeatEndpoint(PlayerDesk desk) : BodyEndpoint(LongestBody), ISessionCall
{
    private const int LongestBody = 4 * 1024;

    /// <inheritdoc/>
    public SessionCall Kind => SessionCall.Heartbeat;

    /// <inheritdoc/>
    protected override Task Answer(HttpContext context, ReadOnlySpan<byte> body) =>
        desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)
            ? AnswerAsync(context, snapshot, PlayerDesk.OriginOf(context, caller), body, mayAsk: true)
            : Task.CompletedTask;

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, ReadOnlySpan<byte> body, bool mayAsk)
    {
        if (!TryRead(body, out HeartbeatRequest request, out WireProblems problems))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, problems.All);
            return Task.CompletedTask;
        }
        Span<byte> stream = stackalloc byte[StreamName.MaxLength];
        if (!desk.TryReadToken(context, request.Token, stream, mayAsk, out SessionClaims claims, out int streamLength)) return Task.CompletedTask;
        if (mayAsk && desk.OwnerOf(in claims) is { } owner) return desk.AskAsync(owner, this, context, snapshot, origin, body.ToArray());
        int streamClass = PlayerDesk.ClassOf(snapshot, origin.Tenant, stream[..streamLength]);
        BeatAction action = desk.Sessions.Beat(snapshot, ref claims, out Decision decision, request.RttMs, origin.Network, streamClass, tenant: origin.Tenant);
        desk.Counters.Beat(action);
        if (action == BeatAction.Fenced)
        {
            int cell = snapshot.Candidates.TryFindCell(claims.Cell, out int known) ? known : snapshot.DefaultCell;
            PlayerDesk.RefusePlace(context, snapshot, cell, streamClass, DispatchOutcome.Fenced);
            return Task.CompletedTask;
        }
        if (Ended(context, action)) return Task.CompletedTask;
        desk.Saw(in claims);
        Unsafe.SkipInit(out CandidateRoom room);
        ReadOnlySpan<CandidateAnswer> candidates = action == BeatAction.Move ? desk.Candidates(snapshot, in decision, room) : default;
        var answer = new HeartbeatAnswer
        {
            Claims = claims,
            Stream = stream[..streamLength],
            HeartbeatS = desk.Sessions.HeartbeatS,
            AdmittedIn = action == BeatAction.Move ? desk.AdmissionNow : null,
        };
        Send(context, in answer, candidates, desk.TicketsExpireAt(in claims), desk.Keys);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual byte[] ForPeer(ReadOnlySpan<byte> body) => body.ToArray();

    /// <inheritdoc/>
    public virtual Task SendAsync(HttpContext context, PeerAnswer answer) => answer.SendAsync(context.Response);

    /// <summary>Reads the request.</summary>
    protected virtual bool TryRead(ReadOnlySpan<byte> body, out HeartbeatRequest request, out WireProblems problems) =>
        HeartbeatRequest.TryParse(body, out request, out problems);

    /// <summary>Sends the answer: to move when there are candidates, else to stay.</summary>
    protected virtual void Send(
        HttpContext context, in HeartbeatAnswer answer, ReadOnlySpan<CandidateAnswer> candidates, uint ticketsExpireAtUnixS, TokenKeyRing keys)
    {
        Span<byte> output = context.Response.BodyWriter.GetSpan(HeartbeatAnswerWriter.MaxMoveLength(in answer, candidates));
        int length = candidates.IsEmpty
            ? HeartbeatAnswerWriter.WriteStay(output, in answer, keys)
            : HeartbeatAnswerWriter.WriteMove(output, in answer, candidates, ticketsExpireAtUnixS, keys);
        Reply.Written(context, StatusCodes.Status200OK, length);
    }

    /// <summary>Answers a session that is no more, or cannot be taken over.</summary>
    /// <returns>True when the answer is written.</returns>
    internal static bool Ended(HttpContext context, BeatAction action)
    {
        switch (action)
        {
            case BeatAction.Ended:
                Reply.Problem(
                    context, ProblemKind.SessionExpired, "the session was closed or missed its beats; open a new one with this token as previous_token");
                return true;
            case BeatAction.Full:
                context.Response.Headers.RetryAfter = PlayerDesk.RetryAfterS;
                Reply.Problem(context, ProblemKind.NoCapacity, "the table of sessions is full");
                return true;
            default:
                return false;
        }
    }
}
