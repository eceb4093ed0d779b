using System.Text;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Peers;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Http;
using Scheduler.Server.Peers.Channel;
using Scheduler.Server.Security;

namespace Scheduler.Server.Endpoints.Players;

/// <summary><c>DELETE /v1/sessions</c>: the viewer leaves. Ending a session that has ended is no error.</summary>
internal class CloseEndpoint(PlayerDesk desk) : ISessionCall
{
    private const string TokenHeader = "X-Session-Token";

    /// <inheritdoc/>
    public SessionCall Kind => SessionCall.Close;

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        string token = context.Request.Headers[TokenHeader].ToString();
        if (token.Length is 0 or > SessionRequest.MaxTokenLength)
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, TokenHeader, token.Length == 0 ? "is required" : "is not a session token");
            return Task.CompletedTask;
        }
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(SessionRequest.MaxTokenLength)];
        return AnswerAsync(context, snapshot, PlayerDesk.OriginOf(context, caller), utf8[..Encoding.UTF8.GetBytes(token, utf8)], mayAsk: true);
    }

    /// <inheritdoc/>
    public Task AnswerAsync(HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, ReadOnlySpan<byte> body, bool mayAsk)
    {
        Span<byte> stream = stackalloc byte[StreamName.MaxLength];
        if (!desk.TryReadToken(context, body, stream, mayAsk, out SessionClaims claims, out _)) return Task.CompletedTask;
        if (mayAsk && desk.OwnerOf(in claims) is { } owner) return desk.AskAsync(owner, this, context, snapshot, origin, body.ToArray());
        if (desk.Sessions.Close(in claims)) desk.Counters.Closed();
        Send(context);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual byte[] ForPeer(ReadOnlySpan<byte> body) => body.ToArray();

    /// <inheritdoc/>
    public virtual Task SendAsync(HttpContext context, PeerAnswer answer) => answer.SendAsync(context.Response);

    /// <summary>Sends the answer.</summary>
    protected virtual void Send(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;
}
