using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>Fields that several messages of sessions share.</summary>
internal static class SessionFields
{
    /// <summary>Reads <c>stream</c>.</summary>
    public static bool ReadStream(this scoped ref WireReader reader, out ReadOnlySpan<byte> stream)
    {
        if (!reader.ReadString("stream", int.MaxValue, out stream)) return false;
        if (StreamName.IsValid(stream)) return true;
        reader.Problem("stream", WireNames.StreamRule);
        return false;
    }

    /// <summary>Reads <c>kind</c>.</summary>
    public static bool ReadKind(this scoped ref WireReader reader, out SessionKind kind)
    {
        kind = SessionKind.Play;
        if (!reader.ReadString("kind", int.MaxValue, out ReadOnlySpan<byte> name)) return false;
        if (WireNames.TryKind(name, out kind)) return true;
        reader.Problem("kind", "must be play or publish");
        return false;
    }

    /// <summary>Reads <c>client_ip</c>: looks at its characters only, whoever locates it parses it.</summary>
    public static bool ReadClientIp(this scoped ref WireReader reader, out ReadOnlySpan<byte> address)
    {
        if (!reader.ReadString("client_ip", int.MaxValue, out address)) return false;
        bool plausible = IsAddressLike(address);
        if (!plausible) reader.Problem("client_ip", "must be an IPv4 or IPv6 address");
        return plausible;
    }

    /// <summary>True for characters of which an address can be made.</summary>
    public static bool IsAddressLike(ReadOnlySpan<byte> address)
    {
        bool plausible = address.Length is >= 2 and <= SessionRequest.MaxClientIpLength;
        foreach (byte b in address) plausible &= char.IsAsciiHexDigit((char)b) || b is (byte)'.' or (byte)':';
        return plausible;
    }

    /// <summary>Reads <c>protocol</c>.</summary>
    public static bool ReadProtocol(this scoped ref WireReader reader, out StreamProtocols protocol)
    {
        protocol = StreamProtocols.None;
        if (!reader.ReadString("protocol", int.MaxValue, out ReadOnlySpan<byte> name)) return false;
        if (WireNames.TryProtocol(name, out protocol)) return true;
        reader.Problem("protocol", "must be hls, dash, flv, webrtc, rtmp or srt");
        return false;
    }

    /// <summary>Reads the id of a node.</summary>
    public static bool ReadNodeId(this scoped ref WireReader reader, string field, out ReadOnlySpan<byte> id)
    {
        if (!reader.ReadString(field, int.MaxValue, out id)) return false;
        if (WireNames.IsNodeId(id)) return true;
        reader.Problem(field, WireNames.NodeIdRule);
        return false;
    }

    /// <summary>Reads <c>exclude</c>: checks every element and keeps the array's text.</summary>
    public static ExcludedNodes ReadExclude(this scoped ref WireReader reader)
    {
        WireReader whole = reader;
        if (!reader.Enter(JsonKind.Array, "exclude")) return default;
        int count = 0;
        while (reader.Json.NextElement())
        {
            reader.Within("exclude", count++);
            reader.ReadNodeId("", out _);
        }
        reader.Within(null);
        if (count > ExcludedNodes.MaxCount) reader.Problem("exclude", $"has more than {ExcludedNodes.MaxCount} nodes");
        return whole.Json.Slice(out ReadOnlySpan<byte> array) ? new ExcludedNodes(array, count) : default;
    }
}
