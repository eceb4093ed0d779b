using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Reads <c>scheduler.v1.AssignRequest</c>.</summary>
public static class AssignRequestReader
{
    private const int ExcludeField = 7;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message; the request points into it.</param>
    /// <param name="request">The request, when there is no problem.</param>
    /// <param name="problems">Everything wrong with it.</param>
    /// <returns>True when there is no problem.</returns>
    /// <remarks>Allocates only for problems.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> message, out SessionRequest request, out WireProblems problems)
    {
        var reader = new ProtobufReader(message);
        MessageFields fields = default;
        ReadOnlySpan<byte> stream = default, clientIp = default, network = default, previousToken = default;
        int kind = 0, protocol = 0, excluded = 0;
        long? bitrateBps = null;
        ulong? want = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): stream = reader.Text(); break;
                case 2 when reader.Is(WireType.Varint): kind = reader.Int32(); break;
                case 3 when reader.Is(WireType.Bytes): clientIp = reader.Text(); break;
                case 4 when reader.Is(WireType.Varint): protocol = reader.Int32(); break;
                case 5 when reader.Is(WireType.Bytes): network = reader.Text(); break;
                case 6 when reader.Is(WireType.Varint): bitrateBps = reader.Int64(); break;
                case ExcludeField when reader.Is(WireType.Bytes):
                    fields.Within("exclude", excluded++);
                    fields.Node("", reader.Text());
                    fields.Within(null);
                    break;
                case 8 when reader.Is(WireType.Bytes): previousToken = reader.Text(); break;
                case 9 when reader.Is(WireType.Varint): want = (uint)reader.Varint(); break;
                default: reader.Skip(); break;
            }
        }
        if (stream.IsEmpty) fields.Require(false, "stream");
        else fields.Stream("stream", stream);
        if (kind is < 0 or > 2) fields.Problem("kind", "must be play or publish");
        if (!clientIp.IsEmpty && !SessionFields.IsAddressLike(clientIp)) fields.Problem("client_ip", "must be an IPv4 or IPv6 address");
        if (protocol is < 0 or > 6) fields.Problem("protocol", "must be hls, dash, flv, webrtc, rtmp or srt");
        if (!network.IsEmpty) fields.Text("network", network, SessionRequest.MaxNetworkLength);
        if (bitrateBps is { } bps) fields.Range("bitrate_bps", bps, 1, SessionRequest.MaxBitrateBps);
        if (excluded > ExcludedNodes.MaxCount) fields.Problem("exclude", $"has more than {ExcludedNodes.MaxCount} nodes");
        if (!previousToken.IsEmpty) fields.Token("previous_token", previousToken);
        if (want is { } wish) fields.Range("want", (long)wish, 1, SessionRequest.MaxWant);
        bool isGood = fields.End(in reader);
        problems = fields.Problems;
        request = !isGood ? default : new SessionRequest
        {
            Stream = stream,
            Kind = kind == 2 ? SessionKind.Publish : SessionKind.Play,
            ClientIp = clientIp,
            Protocol = ProtocolOf(protocol),
            Network = network,
            BitrateBps = bitrateBps,
            Exclude = new ExcludedNodes(message, ExcludeField, excluded),
            PreviousToken = previousToken,
            Want = (int)(want ?? SessionRequest.DefaultWant),
        };
        return isGood;
    }

    private static StreamProtocols ProtocolOf(int protocol) => protocol switch
    {
        1 => StreamProtocols.Hls,
        2 => StreamProtocols.Dash,
        3 => StreamProtocols.Flv,
        4 => StreamProtocols.WebRtc,
        5 => StreamProtocols.Rtmp,
        6 => StreamProtocols.Srt,
        _ => StreamProtocols.None,
    };
}
