using System.Buffers;

namespace Scheduler.Protocol.Steering;

/// <summary>The words of Content Steering on the wire.</summary>
public static class SteeringText
{
    /// <summary>Media type of a steering manifest, as IANA has it.</summary>
    public const string ContentType = "application/vnd.apple.steering-list";

    /// <summary>What the path of every steering call begins with; the protocol and the stream follow.</summary>
    public const string PathPrefix = "/v1/steering/";

    /// <summary>What stands in ids and tokens, and is never escaped or rewritten by any player.</summary>
    internal static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);
}
