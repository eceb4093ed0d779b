using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;

namespace Scheduler.Protocol.Steering;

/// <summary>A steering call, read in place from its absolute address. Whatever a player writes is read as far as it can be; only the path must be right.</summary>
/// <remarks>
/// Players differ in how they write the parameters of the standard (<c>_HLS_pathway</c>, <c>_HLS_throughput</c> and the same for DASH): bare or quoted, in other case, twice
/// (two of them append to an address that has them already), negative (hls.js passes rates through 32 bits). Of a parameter that comes twice the last counts.
/// </remarks>
public readonly ref struct SteeringRequest
{
    /// <summary>Longest address that is read, bytes.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>What stands before the path: scheme and authority. Empty when the caller does not know it.</summary>
    public ReadOnlySpan<byte> Base { get; private init; }

    /// <summary>HLS or DASH, by the path.</summary>
    public StreamProtocols Protocol { get; private init; }

    /// <summary>Name of the stream; valid by <see cref="StreamName.IsValid"/>.</summary>
    public ReadOnlySpan<byte> Stream { get; private init; }

    /// <summary><c>st</c>: the token that an earlier answer gave; empty in a first call.</summary>
    public ReadOnlySpan<byte> Token { get; private init; }

    /// <summary><c>k</c>: the player's key; empty when there is none, or when it has characters that keys do not have.</summary>
    public ReadOnlySpan<byte> Key { get; private init; }

    /// <summary><c>pathways</c>: ids that the playlist or MPD declares, as whoever wrote the address knows; empty when it does not say.</summary>
    public PathwayList Declared { get; private init; }

    /// <summary>The pathways that the player has used since it last asked, the present one last; empty when it does not say.</summary>
    public PathwayList Used { get; private init; }

    /// <summary>What the player measured, bit/s; null when it does not say, or nothing credible.</summary>
    public long? ThroughputBps { get; private init; }

    /// <summary><c>client_ip</c>: the viewer's address, for callers who may name it; empty for none.</summary>
    public ReadOnlySpan<byte> ClientIp { get; private init; }

    /// <summary>Reads a call.</summary>
    /// <param name="url">Its address: scheme, authority, path and query, as they were sent.</param>
    /// <param name="request">The call; points into the address.</param>
    /// <returns>False when the path is none of a steering call, or the stream's name is not one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> url, out SteeringRequest request)
    {
        request = default;
        int at = url.IndexOf("/v1/steering/"u8);
        if (at < 0) return false;
        ReadOnlySpan<byte> path = url[(at + SteeringText.PathPrefix.Length)..];
        int question = path.IndexOf((byte)'?');
        ReadOnlySpan<byte> query = question < 0 ? default : path[(question + 1)..];
        if (question >= 0) path = path[..question];
        int slash = path.IndexOf((byte)'/');
        if (slash < 0 || ProtocolOf(path[..slash]) is not { } protocol || !StreamName.IsValid(path[(slash + 1)..])) return false;

        ReadOnlySpan<byte> token = default, key = default, declared = default, used = default, clientIp = default;
        long? throughput = null;
        while (!query.IsEmpty)
        {
            int end = query.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            int equals = pair.IndexOf((byte)'=');
            if (equals < 0) continue;
            ReadOnlySpan<byte> name = pair[..equals], value = pair[(equals + 1)..];
            if (name.SequenceEqual("st"u8)) token = value;
            else if (name.SequenceEqual("k"u8)) key = value;
            else if (name.SequenceEqual("pathways"u8)) declared = value;
            else if (name.SequenceEqual("client_ip"u8)) clientIp = value;
            else if (Ascii.EqualsIgnoreCase(name, "_HLS_pathway"u8) || Ascii.EqualsIgnoreCase(name, "_DASH_pathway"u8)) used = value;
            else if (Ascii.EqualsIgnoreCase(name, "_HLS_throughput"u8) || Ascii.EqualsIgnoreCase(name, "_DASH_throughput"u8)) throughput = SteeringThroughput.Parse(value);
        }
        request = new SteeringRequest
        {
            Base = url[..at],
            Protocol = protocol,
            Stream = path[(slash + 1)..],
            Token = token,
            Key = key.ContainsAnyExcept(SteeringText.Unreserved) ? default : key,
            Declared = new PathwayList(declared),
            Used = new PathwayList(used),
            ThroughputBps = throughput,
            ClientIp = clientIp,
        };
        return true;
    }

    private static StreamProtocols? ProtocolOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("hls"u8) ? StreamProtocols.Hls : name.SequenceEqual("dash"u8) ? StreamProtocols.Dash : null;
}
