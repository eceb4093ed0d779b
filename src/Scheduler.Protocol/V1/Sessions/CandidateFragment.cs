using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Grpc.Sessions;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>
/// Everything that a candidate's JSON says of its node, made ready once per fleet: to name a node is then to copy a few runs of bytes.
/// About 0.5 KB a node.
/// </summary>
public sealed class CandidateFragment
{
    private const string StreamPlace = "{stream}";
    private const string HostPlace = "{host}";

    private static readonly ImmutableArray<StreamProtocols> PlayOrder =
        [StreamProtocols.Hls, StreamProtocols.Dash, StreamProtocols.Flv, StreamProtocols.WebRtc, StreamProtocols.Rtmp, StreamProtocols.Srt];

    private static readonly ImmutableArray<StreamProtocols> PublishOrder =
        [StreamProtocols.Rtmp, StreamProtocols.Srt, StreamProtocols.WebRtc, StreamProtocols.Flv, StreamProtocols.Hls, StreamProtocols.Dash];

    private readonly Node _node;
    private readonly string _idc;
    private readonly byte[] _head;
    private readonly byte[][]?[] _urls = new byte[PlayOrder.Length][][]; // by bit of the protocol: the pieces around the stream's name
    private readonly byte[][]? _playUrl;
    private readonly byte[][]? _publishUrl;
    private readonly int _maxUrlLength;
    private readonly int _maxUrlPieces;
    private CandidateMessageHead? _messageHead;

    /// <summary>Prepares a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="nodeNumber">Its permanent number.</param>
    /// <param name="siteNumber">Permanent number of its site.</param>
    /// <param name="idc">Id of the IDC that feeds it; of its own site where that is one.</param>
    /// <param name="urls">Templates of the address by protocol, as in <see cref="Fleet.Urls"/>.</param>
    public CandidateFragment(
        Node node, int nodeNumber, int siteNumber, string idc, ImmutableSortedDictionary<StreamProtocols, string> urls)
    {
        (_node, _idc) = (node, idc);
        NodeNumber = nodeNumber;
        SiteNumber = siteNumber;
        _head =
        [
            .. "\"node\":\""u8, .. WireText.Encode(node.Id),
            .. "\",\"site\":\""u8, .. WireText.Encode(node.Site),
            .. "\",\"idc\":\""u8, .. WireText.Encode(idc),
            .. "\",\"host\":\""u8, .. WireText.Encode(node.Host), (byte)'"',
        ];
        foreach (StreamProtocols protocol in PlayOrder)
        {
            if (!node.Protocols.HasFlag(protocol) || !urls.TryGetValue(protocol, out string? template)) continue;
            byte[][] pieces = Pieces(template.Replace(HostPlace, node.Host, StringComparison.Ordinal));
            _urls[BitOf(protocol)] = pieces;
            _maxUrlLength = Math.Max(_maxUrlLength, pieces.Sum(piece => piece.Length));
            _maxUrlPieces = Math.Max(_maxUrlPieces, pieces.Length);
        }
        _playUrl = FirstOf(PlayOrder);
        _publishUrl = FirstOf(PublishOrder);
    }

    /// <summary>Permanent number of the node.</summary>
    public int NodeNumber { get; }

    /// <summary>Permanent number of its site.</summary>
    public int SiteNumber { get; }

    /// <summary>The members <c>node, site, idc, host</c>.</summary>
    internal ReadOnlySpan<byte> Head => _head;

    /// <summary>The same members as fields of a <c>Candidate</c> of gRPC; made when gRPC first names the node.</summary>
    internal ReadOnlySpan<byte> MessageHead => (Volatile.Read(ref _messageHead) ?? MakeMessageHead()).Fields;

    /// <summary>
    /// The address by the protocol asked for, or by the first that suits the kind when any will do, in pieces between which the stream's
    /// name goes. Null when the node does not speak it or the fleet has no template for it.
    /// </summary>
    internal byte[][]? Url(StreamProtocols protocol, SessionKind kind)
    {
        if (protocol != StreamProtocols.None) return _urls[BitOf(protocol)];
        return kind == SessionKind.Publish ? _publishUrl : _playUrl;
    }

    /// <summary>Most bytes that the node's part of a candidate takes.</summary>
    /// <param name="streamLength">Length of the stream's name, bytes.</param>
    internal int MaxLength(int streamLength) => _head.Length + _maxUrlLength + (_maxUrlPieces * streamLength);

    private CandidateMessageHead MakeMessageHead()
    {
        var made = new CandidateMessageHead(_node.Id, _node.Site, _idc, _node.Host);
        Volatile.Write(ref _messageHead, made); // two threads may make it, and make the same
        return made;
    }

    private byte[][]? FirstOf(ImmutableArray<StreamProtocols> order)
    {
        foreach (StreamProtocols protocol in order)
            if (_urls[BitOf(protocol)] is { } url) return url;
        return null;
    }

    private static byte[][] Pieces(string template) => [.. template.Split(StreamPlace).Select(WireText.Encode)];

    private static int BitOf(StreamProtocols protocol) => BitOperations.TrailingZeroCount((int)protocol);

    /// <summary>The head, for people.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_head);
}
