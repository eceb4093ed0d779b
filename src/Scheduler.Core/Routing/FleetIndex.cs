using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>
/// The fleet with dense indexes. A site or node keeps its index for as long as the process lives and it stays in the fleet, so counters need
/// never move; an index that a removed one leaves behind is given out again only after a rest.
/// </summary>
public sealed class FleetIndex
{
    private readonly FrozenDictionary<string, int> _siteById;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _siteBySpan;
    private readonly FrozenDictionary<string, int> _nodeById;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _nodeBySpan;
    private readonly FrozenDictionary<int, int> _nodeByNumber;

    /// <summary>The fleet this index was made from.</summary>
    public Fleet Fleet { get; }

    /// <summary>Sites by index; null where no site has the index.</summary>
    public ImmutableArray<IndexedSite?> Sites { get; }

    /// <summary>Nodes by index; null where no node has the index.</summary>
    public ImmutableArray<IndexedNode?> Nodes { get; }

    /// <summary>How nodes are reached, by index.</summary>
    public NodeAddresses Addresses { get; }

    /// <summary>Site index by node index.</summary>
    internal int[] SiteOfNode { get; }

    /// <summary>Indexes given up by removed sites, and until when they rest.</summary>
    internal IndexPool SitePool { get; }

    /// <summary>Indexes given up by removed nodes, and until when they rest.</summary>
    internal IndexPool NodePool { get; }

    internal FleetIndex(Fleet fleet, ImmutableArray<IndexedSite?> sites, ImmutableArray<IndexedNode?> nodes, IndexPool sitePool, IndexPool nodePool)
    {
        Fleet = fleet;
        Sites = sites;
        Nodes = nodes;
        SitePool = sitePool;
        NodePool = nodePool;
        _siteById = sites.OfType<IndexedSite>().ToFrozenDictionary(s => s.Site.Id, s => s.Index);
        _siteBySpan = _siteById.GetAlternateLookup<ReadOnlySpan<char>>();
        _nodeById = nodes.OfType<IndexedNode>().ToFrozenDictionary(n => n.Node.Id, n => n.Index);
        _nodeBySpan = _nodeById.GetAlternateLookup<ReadOnlySpan<char>>();
        _nodeByNumber = nodes.OfType<IndexedNode>().ToFrozenDictionary(n => n.Number, n => n.Index);
        Addresses = new NodeAddresses(nodes);
        SiteOfNode = new int[nodes.Length];
        foreach (IndexedNode node in nodes.OfType<IndexedNode>()) SiteOfNode[node.Index] = node.SiteIndex;
    }

    /// <summary>An index without sites or nodes.</summary>
    public static FleetIndex Empty { get; } = FleetIndexBuilder.Build(Fleet.Empty, [], [], null, 0);

    /// <summary>Index of a site, by id.</summary>
    public bool TryFindSite(string id, out int site) => _siteById.TryGetValue(id, out site);

    /// <summary>Index of a site, by the UTF-8 of its id; allocates nothing.</summary>
    public bool TryFindSite(ReadOnlySpan<byte> id, out int site)
    {
        site = 0;
        Span<char> chars = stackalloc char[64];
        return id.Length <= chars.Length && Encoding.UTF8.TryGetChars(id, chars, out int written) && _siteBySpan.TryGetValue(chars[..written], out site);
    }

    /// <summary>Index of a node, by id.</summary>
    public bool TryFindNode(string id, out int node) => _nodeById.TryGetValue(id, out node);

    /// <summary>Index of a node, by the UTF-8 of its id; allocates nothing.</summary>
    public bool TryFindNode(ReadOnlySpan<byte> id, out int node)
    {
        node = 0;
        Span<char> chars = stackalloc char[64];
        return id.Length <= chars.Length && Encoding.UTF8.TryGetChars(id, chars, out int written) && _nodeBySpan.TryGetValue(chars[..written], out node);
    }

    /// <summary>Index of a node, by permanent number.</summary>
    public bool TryFindNodeByNumber(int number, out int node) => _nodeByNumber.TryGetValue(number, out node);

    /// <summary>The site of a node, by indexes.</summary>
    public int SiteOf(int node) => SiteOfNode[node];
}
