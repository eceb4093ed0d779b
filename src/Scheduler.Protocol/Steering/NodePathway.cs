using System.Text;

namespace Scheduler.Protocol.Steering;

/// <summary>What a steering manifest says of a node: the pathway of its site, and the clone of a pathway that leads to the node itself. Made once per fleet.</summary>
/// <remarks>
/// The id of a clone is the node's id, a dot, and the 32-bit FNV-1a hash of its host in hexadecimal: players keep what they first heard of an id, so a node
/// with another host is another clone, and the same one has the same id at every replica and after every restart. No site has a dot in its id.
/// </remarks>
public sealed class NodePathway
{
    private readonly byte[] _site;
    private readonly byte[] _id;
    private readonly byte[] _tail;

    /// <summary>Prepares a node.</summary>
    /// <param name="node">Its id.</param>
    /// <param name="site">Id of its site.</param>
    /// <param name="host">What players connect to. A clone names a host without a port, so a node with one is led to by its site's pathway only.</param>
    public NodePathway(string node, string site, string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _site = Encoding.UTF8.GetBytes(site);
        _id = Encoding.UTF8.GetBytes($"{node}.{HashOf(host):x8}");
        HasClone = !host.Contains(':', StringComparison.Ordinal);
        _tail = [.. ",\"ID\":\""u8, .. _id, .. "\",\"URI-REPLACEMENT\":{\"HOST\":\""u8, .. Encoding.UTF8.GetBytes(host), .. "\",\"PARAMS\":{}}}"u8];
    }

    /// <summary>Id of the site's pathway.</summary>
    public ReadOnlySpan<byte> Site => _site;

    /// <summary>Id of the clone; means nothing without <see cref="HasClone"/>.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>True when a clone can lead to the node.</summary>
    public bool HasClone { get; }

    /// <summary>A clone's JSON after its base: some players drop one without a host and fail over one without parameters, so both are there.</summary>
    internal ReadOnlySpan<byte> Tail => _tail;

    private static uint HashOf(string host)
    {
        uint hash = 2_166_136_261;
        foreach (byte b in Encoding.UTF8.GetBytes(host)) hash = (hash ^ b) * 16_777_619;
        return hash;
    }
}
