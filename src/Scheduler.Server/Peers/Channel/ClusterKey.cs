using System.Security.Cryptography;
using System.Text;
using Scheduler.Protocol.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>The secret that all replicas share, and what is derived from it: proofs that a side knows it, and the keys of one connection.</summary>
internal sealed class ClusterKey
{
    private readonly byte[] _key;

    /// <summary>The key of a configuration.</summary>
    /// <param name="secret"><c>Scheduler:Cluster:Key</c>; at least 32 characters.</param>
    public ClusterKey(string secret) => _key = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What only who knows the key can say after both hellos. Both nonces are in it, so neither side can be given an old one.</summary>
    /// <param name="role">Tells apart the proofs of the two sides and the keys of the two directions.</param>
    /// <param name="caller">Hello of the side that connected.</param>
    /// <param name="called">Hello of the other.</param>
    /// <returns><see cref="PeerHello.ProofLength"/> bytes.</returns>
    public byte[] Derive(ChannelRole role, in PeerHello caller, in PeerHello called) =>
        HMACSHA256.HashData(_key, (byte[])[(byte)role, .. caller.ToBytes(), .. called.ToBytes()]);

    /// <summary>True when a proof is the one it must be; takes the same time whatever is wrong.</summary>
    public bool Verifies(ReadOnlySpan<byte> proof, ChannelRole role, in PeerHello caller, in PeerHello called) =>
        CryptographicOperations.FixedTimeEquals(proof, Derive(role, in caller, in called));
}
