using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>Words of the wire and what they stand for.</summary>
internal static class WireNames
{
    /// <summary>Longest id of a node, bytes.</summary>
    public const int MaxNodeIdLength = 48;

    /// <summary>What a reason says of a stream's name.</summary>
    public const string StreamRule = "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ -";

    /// <summary>What a reason says of a node's id.</summary>
    public const string NodeIdRule = "must be the id of a node: 1 to 48 characters of a-z 0-9 -";

    /// <summary>True for 1 to 48 characters of <c>[a-z0-9-]</c>.</summary>
    public static bool IsNodeId(ReadOnlySpan<byte> id)
    {
        if (id.Length is 0 or > MaxNodeIdLength) return false;
        foreach (byte b in id)
            if (!(char.IsAsciiLetterLower((char)b) || char.IsAsciiDigit((char)b) || b == (byte)'-')) return false;
        return true;
    }

    /// <summary>The protocol of a name.</summary>
    public static bool TryProtocol(ReadOnlySpan<byte> name, out StreamProtocols protocol)
    {
        protocol = name switch
        {
            _ when name.SequenceEqual("hls"u8) => StreamProtocols.Hls,
            _ when name.SequenceEqual("dash"u8) => StreamProtocols.Dash,
            _ when name.SequenceEqual("flv"u8) => StreamProtocols.Flv,
            _ when name.SequenceEqual("webrtc"u8) => StreamProtocols.WebRtc,
            _ when name.SequenceEqual("rtmp"u8) => StreamProtocols.Rtmp,
            _ when name.SequenceEqual("srt"u8) => StreamProtocols.Srt,
            _ => StreamProtocols.None,
        };
        return protocol != StreamProtocols.None;
    }

    /// <summary>The session kind of a name.</summary>
    public static bool TryKind(ReadOnlySpan<byte> name, out SessionKind kind)
    {
        kind = name.SequenceEqual("publish"u8) ? SessionKind.Publish : SessionKind.Play;
        return kind == SessionKind.Publish || name.SequenceEqual("play"u8);
    }

    /// <summary>The name of a decision.</summary>
    public static ReadOnlySpan<byte> Of(WireDecision decision) => decision switch
    {
        WireDecision.Placed => "placed"u8,
        WireDecision.Sticky => "sticky"u8,
        WireDecision.Spilled => "spilled"u8,
        WireDecision.Panic => "panic"u8,
        WireDecision.Frozen => "frozen"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };
}
