using System.Collections.Immutable;

namespace Scheduler.State.Peers;

/// <summary>All peers at one moment.</summary>
/// <param name="Peers">The others, by number; those that left or are gone among them, as long as their numbers rest.</param>
/// <param name="Weights">Every replica that nodes are to lease to, this one included, and its weight; they sum to 1.</param>
/// <param name="Assigning">How many replicas may assign, this one included: what a node that leases nothing is divided by.</param>
/// <param name="Epoch">Counts the changes of <paramref name="Weights"/>.</param>
public sealed record PeerRoll(ImmutableArray<Peer> Peers, ImmutableArray<KeyValuePair<byte, double>> Weights, int Assigning, long Epoch)
{
    /// <summary>Peers that may assign and do not tell what.</summary>
    public int Silent => Peers.Count(peer => peer.State == PeerState.Silent);

    /// <summary>A peer by number; null when there is none.</summary>
    public Peer? Find(byte number)
    {
        foreach (Peer peer in Peers)
            if (peer.Member.Number == number) return peer;
        return null;
    }

    /// <summary>The roll of a replica that can have no peers.</summary>
    public static PeerRoll OfOne(byte self) => Of(self, [], 1, 1);

    /// <summary>A roll of peers, of equal weight: a node gives more to whom has viewers there, by itself.</summary>
    internal static PeerRoll Of(byte self, ImmutableArray<Peer> peers, int assigning, long epoch)
    {
        byte[] numbers = [.. peers.Where(peer => peer.State is PeerState.Live or PeerState.Silent).Select(peer => peer.Member.Number).Append(self).Order()];
        return new PeerRoll(peers, [.. numbers.Select(number => new KeyValuePair<byte, double>(number, 1.0 / numbers.Length))], assigning, epoch);
    }
}
