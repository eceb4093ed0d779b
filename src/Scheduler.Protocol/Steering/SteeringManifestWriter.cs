using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.Steering;

/// <summary>
/// Writes a steering manifest (draft-pantos-content-steering-05), which is the same for HLS and DASH, pathway by pathway in their order of preference. No pathway is named
/// twice, whatever is added: one player refuses the whole manifest for it.
/// </summary>
public ref struct SteeringManifestWriter
{
    private const int MaxOwnLength = 128;

    /// <summary>More than what a clone takes beside its ids and host, and its place among the priorities.</summary>
    private const int MaxCloneLength = 32 + (2 * PathwayList.MaxIdLength);

    [InlineArray(MaxClones)]
    private struct Clones
    {
        private NodePathway? _first;
    }

    private WireOutput _output;
    private readonly int _list;
    private Clones _clones;
    private uint _ofOwnSite; // by rank of the clone: true when its base is the pathway of its site
    private int _cloneCount;

    /// <summary>Most clones in one manifest.</summary>
    public const int MaxClones = DispatchRequest.MaxWant;

    /// <summary>Begins a manifest.</summary>
    /// <param name="destination">Where to; at least <see cref="MaxLength"/> bytes.</param>
    /// <param name="ttlS">When the player shall ask again, s; over 0, since some ask without a pause otherwise.</param>
    /// <param name="reload">Where it shall ask; left out when its base is not known, and the player asks where it asked before.</param>
    /// <param name="keys">The keys of its token.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttlS"/> is not over 0.</exception>
    public SteeringManifestWriter(Span<byte> destination, int ttlS, in SteeringUri reload, TokenKeyRing keys)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ttlS);
        _output = new WireOutput(destination);
        _output.Raw("{\"VERSION\":1,\"TTL\":"u8);
        _output.Integer(ttlS);
        if (!reload.Base.IsEmpty)
        {
            _output.Raw(",\"RELOAD-URI\":\""u8);
            reload.Write(ref _output, keys);
            _output.Raw("\""u8);
        }
        _output.Raw(",\"PATHWAY-PRIORITY\":["u8);
        _list = _output.Written;
    }

    /// <summary>Pathways named so far.</summary>
    public int Count { get; private set; }

    /// <summary>Most bytes that a manifest takes.</summary>
    /// <param name="reload">Its address.</param>
    /// <param name="declared">Ids of declared pathways that may be named.</param>
    /// <param name="nodes">Nodes that may be named.</param>
    public static int MaxLength(in SteeringUri reload, PathwayList declared, ReadOnlySpan<NodePathway> nodes)
    {
        int length = MaxOwnLength + reload.MaxLength + declared.MaxLength + (2 * (PathwayList.MaxIdLength + 3)); // two that the caller may add by himself
        foreach (NodePathway node in nodes) length += MaxCloneLength + (2 * node.Site.Length) + node.Id.Length + node.Tail.Length;
        return length;
    }

    /// <summary>Names a pathway that the playlist or MPD declares.</summary>
    /// <param name="id">Its id; <see cref="PathwayList.IsId"/>.</param>
    /// <returns>False when it had been named.</returns>
    public bool Add(scoped ReadOnlySpan<byte> id)
    {
        WireOutput before = _output;
        int begin = _output.Written;
        if (Count > 0) _output.Raw(","u8);
        int quoted = _output.Written;
        _output.Raw("\""u8);
        _output.Raw(id);
        _output.Raw("\""u8);
        if (_output.Since(_list)[..(begin - _list)].IndexOf(_output.Since(quoted)) >= 0)
        {
            _output = before;
            return false;
        }
        Count++;
        return true;
    }

    /// <summary>Names a node by a clone of a pathway.</summary>
    /// <param name="node">The node; it has a clone.</param>
    /// <param name="ofOwnSite">True to clone the pathway of its site; false for the base that <see cref="End"/> is given.</param>
    public void AddClone(NodePathway node, bool ofOwnSite)
    {
        if (_cloneCount == MaxClones || !Add(node.Id)) return;
        if (ofOwnSite) _ofOwnSite |= 1u << _cloneCount;
        _clones[_cloneCount++] = node;
    }

    /// <summary>Ends the manifest.</summary>
    /// <param name="otherBase">Id of the declared pathway that the clones of nodes are made of whose site is not declared.</param>
    /// <returns>Bytes written.</returns>
    public int End(scoped ReadOnlySpan<byte> otherBase)
    {
        _output.Raw("]"u8);
        for (int i = 0; i < _cloneCount; i++)
        {
            NodePathway node = _clones[i]!;
            _output.Raw(i == 0 ? ",\"PATHWAY-CLONES\":[{\"BASE-ID\":\""u8 : ",{\"BASE-ID\":\""u8);
            _output.Raw((_ofOwnSite & (1u << i)) != 0 ? node.Site : otherBase);
            _output.Raw("\""u8);
            _output.Raw(node.Tail);
        }
        _output.Raw(_cloneCount > 0 ? "]}"u8 : "}"u8); // an empty list of clones makes two players refuse the whole
        return _output.Written;
    }
}
