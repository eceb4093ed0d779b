using System.Collections.Concurrent;
using Scheduler.Protocol.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>The open connections to peers, by number.</summary>
internal sealed class PeerLinks
{
    private readonly ConcurrentDictionary<byte, PeerLink> _links = new();

    /// <summary>How many there are.</summary>
    public int Count => _links.Count;

    /// <summary>The connection to a replica; null when there is none.</summary>
    public PeerLink? Find(byte number) => _links.GetValueOrDefault(number);

    /// <summary>Says something to all.</summary>
    public void Broadcast(FrameType type, byte[] payload)
    {
        foreach (PeerLink link in _links.Values) link.Queue.TrySend(type, payload);
    }

    /// <summary>A connection is open.</summary>
    public void Add(PeerLink link) => _links[link.Peer.Number] = link;

    /// <summary>A connection has ended; does nothing when another has taken its place.</summary>
    public void Remove(PeerLink link)
    {
        link.Calls.Close();
        _links.TryRemove(new KeyValuePair<byte, PeerLink>(link.Peer.Number, link));
    }
}
