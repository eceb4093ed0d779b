using Scheduler.Core.Routing;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers.Channel;

namespace Scheduler.Server.Endpoints.Players;

/// <summary>A call on a session, which its owner answers, wherever it comes in.</summary>
internal interface ISessionCall
{
    /// <summary>Which call.</summary>
    SessionCall Kind { get; }

    /// <summary>Answers it.</summary>
    /// <param name="context">Takes the answer.</param>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="origin">Whose call it is.</param>
    /// <param name="body">The body; the token of a call without one.</param>
    /// <param name="mayAsk">True when the session's owner is to be asked where it is another replica; else it is answered here, and the session taken over.</param>
    Task AnswerAsync(HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, ReadOnlySpan<byte> body, bool mayAsk);

    /// <summary>The body as replicas tell it to each other: that of the HTTP API.</summary>
    byte[] ForPeer(ReadOnlySpan<byte> body);

    /// <summary>Sends the caller what the owner answered.</summary>
    Task SendAsync(HttpContext context, PeerAnswer answer);
}
