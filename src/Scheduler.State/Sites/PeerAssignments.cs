using Scheduler.Core.Capacity;
using Scheduler.State.Peers;

namespace Scheduler.State.Sites;

/// <summary>
/// What peers say they assigned to one node. Each tells all it ever assigned, a number that only grows: so a word that comes twice, late or not at all does no
/// harm, the highest is the last. Written by the writer of the node's site.
/// </summary>
/// <param name="nowMs">Now, monotonic ms.</param>
internal sealed class PeerAssignments(long nowMs)
{
    private readonly AssignmentHistory _history = new(nowMs, 0);
    private readonly List<Told> _told = [];
    private long _totalKbps;

    private readonly record struct Told(ReplicaStart Peer, long Kbps);

    /// <summary>Takes in a word.</summary>
    /// <param name="peer">Whose.</param>
    /// <param name="assignedKbps">All that this start of it ever assigned to the node, kbit/s.</param>
    /// <param name="isFirst">True when it is not news but what the peer tells whoever begins to listen.</param>
    /// <returns>What of it is new load, kbit/s.</returns>
    public long Learn(ReplicaStart peer, long assignedKbps, bool isFirst)
    {
        int place = _told.FindIndex(told => told.Peer.Number == peer.Number);
        long known = 0;
        if (place >= 0)
        {
            Told before = _told[place];
            if (peer.Start < before.Peer.Start) return 0;
            if (peer.Start == before.Peer.Start) known = before.Kbps;
            if (assignedKbps <= known && peer.Start == before.Peer.Start) return 0;
            _told[place] = new Told(peer, assignedKbps);
        }
        else
        {
            _told.Add(new Told(peer, assignedKbps));
            if (isFirst) return 0;
        }
        _totalKbps += assignedKbps - known;
        return assignedKbps - known;
    }

    /// <summary>What they assigned after a moment, kbit/s, as far as they have told.</summary>
    /// <param name="atMs">The moment, monotonic ms; not older than <see cref="AssignmentHistory.ReachMs"/>.</param>
    public long SinceKbps(long atMs) => _totalKbps - _history.At(atMs);

    /// <summary>Takes the sample of this moment.</summary>
    /// <param name="atMs">Now, monotonic ms.</param>
    public void Sample(long atMs) => _history.Sample(atMs, _totalKbps);
}
