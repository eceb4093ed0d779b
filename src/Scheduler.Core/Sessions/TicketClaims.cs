namespace Scheduler.Core.Sessions;

/// <summary>What a ticket tells the edge: who may take which stream from which node, and which replica let it in.</summary>
/// <param name="Session">Identity of the session; the same on all of its tickets.</param>
/// <param name="Node">Permanent number of the node that the ticket opens; at least 0.</param>
/// <param name="Stream"><see cref="StreamName.Hash"/> of the stream's name.</param>
/// <param name="BitRateKbps">What the session was admitted with, kbit/s; at least 0.</param>
/// <param name="Replica">Number of the replica that assigned it, in [1, 255]: the key of <c>by_replica</c> in the node's reports.</param>
/// <param name="Kind">Plays or publishes.</param>
/// <param name="ExpiresAtUnixS">First second at which the ticket no longer opens anything, Unix s.</param>
public readonly record struct TicketClaims(
    ulong Session,
    int Node,
    ulong Stream,
    int BitRateKbps,
    byte Replica,
    SessionKind Kind,
    uint ExpiresAtUnixS)
{
    /// <summary>
    /// When the place that it stands for was taken, a number of <see cref="Dispatch.AdmissionPeriod"/>; null for a spare candidate, for which none was taken, and for a place that was told of before.
    /// </summary>
    public byte? AdmittedIn { get; init; }
}
