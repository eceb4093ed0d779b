using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Peers.Channel;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Sessions;

/// <summary>Has the owner of a session answer the calls that come in here. An owner that is gone, or does not answer in time, loses the session to this replica.</summary>
internal sealed class SessionOwners(PeerBook book, PeerLinks links, PeerCounters counters)
{
    /// <summary>The connection to the owner of a session; null when it is this replica, or one that cannot be asked.</summary>
    public PeerLink? Find(in SessionClaims claims) => claims.Replica == book.Id.Number || book.IsGone(claims.Replica) ? null : links.Find(claims.Replica);

    /// <summary>Has the owner answer, or answers here.</summary>
    /// <param name="owner">The connection to the owner.</param>
    /// <param name="call">The call.</param>
    /// <param name="context">Takes the answer.</param>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="origin">Whose call it is.</param>
    /// <param name="body">The body.</param>
    public async Task AskAsync(PeerLink owner, ISessionCall call, HttpContext context, RoutingSnapshot snapshot, CallOrigin origin, byte[] body)
    {
        PeerAnswer? answer = await owner.AskAsync(call.Kind, origin.Network, origin.Tenant, call.ForPeer(body));
        counters.Asked(answer is not null);
        if (answer is null) await call.AnswerAsync(context, snapshot, origin, body, mayAsk: false);
        else await call.SendAsync(context, answer);
    }

    /// <summary>Tells the owner that a session has ended, since another took its place; nobody waits for it.</summary>
    /// <param name="claims">What its token says.</param>
    /// <param name="token">The token.</param>
    public void Close(in SessionClaims claims, ReadOnlySpan<byte> token)
    {
        if (Find(in claims) is { } owner) _ = owner.AskAsync(SessionCall.Close, 0, null, token);
    }
}
