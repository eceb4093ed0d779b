using System.Text;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Server.Http;

namespace Scheduler.Server.Endpoints.Players;

/// <summary><c>DELETE /v1/sessions</c>: the viewer leaves. Ending a session that has ended is no error.</summary>
internal sealed class CloseEndpoint(PlayerDesk desk)
{
    private const string TokenHeader = "X-Session-Token";

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? _, out _)) return Task.CompletedTask;
        string token = context.Request.Headers[TokenHeader].ToString();
        if (token.Length is 0 or > SessionRequest.MaxTokenLength)
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, TokenHeader, token.Length == 0 ? "is required" : "is not a session token");
            return Task.CompletedTask;
        }
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(SessionRequest.MaxTokenLength)];
        Span<byte> stream = stackalloc byte[StreamName.MaxLength];
        if (!desk.TryReadToken(context, utf8[..Encoding.UTF8.GetBytes(token, utf8)], stream, out SessionClaims claims, out _)) return Task.CompletedTask;
        if (desk.Sessions.Close(in claims)) desk.Counters.Closed();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
