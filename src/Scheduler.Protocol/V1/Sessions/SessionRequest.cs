using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>
/// The body of <c>POST /v1/sessions</c>, over the bytes that came. An optional text that was not given is empty: none may be empty when
/// given.
/// </summary>
public readonly ref struct SessionRequest
{
    /// <summary>Longest client address, characters: an IPv6 address with an IPv4 tail.</summary>
    public const int MaxClientIpLength = 45;

    /// <summary>Longest name of a network, characters.</summary>
    public const int MaxNetworkLength = 32;

    /// <summary>Highest bit rate that may be hinted at, bit/s.</summary>
    public const long MaxBitrateBps = 1_000_000_000_000;

    /// <summary>Longest token that is looked at, bytes; no token of ours is longer than <see cref="SessionToken.MaxLength"/>.</summary>
    public const int MaxTokenLength = 512;

    /// <summary>Candidates that are offered when the request does not say.</summary>
    public const int DefaultWant = 3;

    /// <summary>Most candidates that are offered.</summary>
    public const int MaxWant = 8;

    /// <summary>Name of the stream; valid by <see cref="StreamName.IsValid"/>.</summary>
    public ReadOnlySpan<byte> Stream { get; internal init; }

    /// <summary>Plays (the default) or publishes.</summary>
    public SessionKind Kind { get; internal init; }

    /// <summary>Address of the viewer: characters of one, but not parsed yet. Empty when the transport's is meant.</summary>
    public ReadOnlySpan<byte> ClientIp { get; internal init; }

    /// <summary>Protocol to be served; <see cref="StreamProtocols.None"/> when any will do.</summary>
    public StreamProtocols Protocol { get; internal init; }

    /// <summary>Name of the viewer's network, UTF-8; empty when not said.</summary>
    public ReadOnlySpan<byte> Network { get; internal init; }

    /// <summary>
    /// What the caller expects the session to draw, bit/s, in [1, <see cref="MaxBitrateBps"/>]; null when it did not say.
    /// </summary>
    public long? BitrateBps { get; internal init; }

    /// <summary>Nodes that must not be offered.</summary>
    public ExcludedNodes Exclude { get; internal init; }

    /// <summary>Token of the viewer's last session, not verified yet; empty when there was none.</summary>
    public ReadOnlySpan<byte> PreviousToken { get; internal init; }

    /// <summary>Candidates wished for, in [1, <see cref="MaxWant"/>].</summary>
    public int Want { get; internal init; }

    /// <summary>Reads a body. Unknown members are ignored; a known one may be given once, and null is as good as absent.</summary>
    /// <param name="utf8">The body; the request points into it.</param>
    /// <param name="request">The request, when there is no problem.</param>
    /// <param name="problems">Everything wrong with it.</param>
    /// <returns>True when there is no problem.</returns>
    /// <remarks>Allocates only for problems and for strings with escapes.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out SessionRequest request, out WireProblems problems)
    {
        WireReader reader = new(utf8);
        request = reader.EnterMessage() ? ReadMembers(ref reader) : default;
        bool ok = reader.End();
        problems = reader.Problems;
        return ok;
    }

    private static SessionRequest ReadMembers(scoped ref WireReader reader)
    {
        const uint StreamBit = 1, KindBit = 2, ClientIpBit = 4, ProtocolBit = 8, NetworkBit = 16, BitrateBit = 32, ExcludeBit = 64,
            PreviousBit = 128, WantBit = 256;
        SeenMembers seen = default;
        ReadOnlySpan<byte> stream = default, clientIp = default, network = default, previousToken = default;
        SessionKind kind = SessionKind.Play;
        StreamProtocols protocol = StreamProtocols.None;
        ExcludedNodes exclude = default;
        long? bitrateBps = null;
        long want = DefaultWant;

        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            switch (name.Length)
            {
                case 6 when name.SequenceEqual("stream"u8):
                    if (reader.Take(ref seen, StreamBit, "stream")) reader.ReadStream(out stream);
                    break;
                case 4 when name.SequenceEqual("kind"u8):
                    if (reader.Take(ref seen, KindBit, "kind")) reader.ReadKind(out kind);
                    break;
                case 9 when name.SequenceEqual("client_ip"u8):
                    if (reader.Take(ref seen, ClientIpBit, "client_ip")) reader.ReadClientIp(out clientIp);
                    break;
                case 8 when name.SequenceEqual("protocol"u8):
                    if (reader.Take(ref seen, ProtocolBit, "protocol")) reader.ReadProtocol(out protocol);
                    break;
                case 7 when name.SequenceEqual("network"u8):
                    if (reader.Take(ref seen, NetworkBit, "network")) reader.ReadText("network", MaxNetworkLength, out network);
                    break;
                case 11 when name.SequenceEqual("bitrate_bps"u8):
                    if (reader.Take(ref seen, BitrateBit, "bitrate_bps"))
                        bitrateBps = reader.IntegerOrNull("bitrate_bps", 1, MaxBitrateBps);
                    break;
                case 7 when name.SequenceEqual("exclude"u8):
                    if (reader.Take(ref seen, ExcludeBit, "exclude")) exclude = reader.ReadExclude();
                    break;
                case 14 when name.SequenceEqual("previous_token"u8):
                    if (reader.Take(ref seen, PreviousBit, "previous_token"))
                        reader.ReadString("previous_token", MaxTokenLength, out previousToken);
                    break;
                case 4 when name.SequenceEqual("want"u8):
                    if (reader.Take(ref seen, WantBit, "want") && reader.ReadInteger("want", 1, MaxWant, out long wish)) want = wish;
                    break;
                default:
                    reader.Json.Skip();
                    break;
            }
        }
        reader.Require(seen, StreamBit, "stream");
        return new SessionRequest
        {
            Stream = stream,
            Kind = kind,
            ClientIp = clientIp,
            Protocol = protocol,
            Network = network,
            BitrateBps = bitrateBps,
            Exclude = exclude,
            PreviousToken = previousToken,
            Want = (int)want,
        };
    }
}
