using Scheduler.Core.Topology;

namespace Scheduler.Core.Sessions;

/// <summary>
/// What a session token says: enough to beat, move and end a session, or to adopt it after its owner died, without a store.
/// </summary>
/// <param name="Session">Identity, for ever.</param>
/// <param name="Handle">Where the owner keeps it; means nothing to any other replica.</param>
/// <param name="Cell">Permanent number of the viewer's cell; at least 0.</param>
/// <param name="Node">Permanent number of the node that holds the slot; at least 0.</param>
/// <param name="Stream"><see cref="StreamName.Hash"/> of the stream's name.</param>
/// <param name="BitRateKbps">What the session weighs, kbit/s; at least 0.</param>
/// <param name="Replica">Number of the replica that assigned it, in [1, 255].</param>
/// <param name="Kind">Plays or publishes.</param>
/// <param name="Protocol">Protocol that was asked for; <see cref="StreamProtocols.None"/> when any would do.</param>
/// <param name="ExpiresAtUnixS">First second at which the token no longer holds, Unix s.</param>
public readonly record struct SessionClaims(
    ulong Session,
    ulong Handle,
    int Cell,
    int Node,
    ulong Stream,
    int BitRateKbps,
    byte Replica,
    SessionKind Kind,
    StreamProtocols Protocol,
    uint ExpiresAtUnixS);
