namespace Scheduler.Protocol.Dns;

/// <summary>How questions are answered, whatever the zones say.</summary>
/// <param name="PlayKbps">What one viewer weighs, kbit/s: a node without room for one is not named. Over 0.</param>
/// <param name="AmplificationLimit">
/// How many times longer than the question an answer over UDP may be while the asker has not shown, by a cookie, that the address is its own; at least 1.
/// </param>
/// <param name="ServerId">What is told to who asks which server answers (RFC 5001).</param>
public sealed record DnsRules(int PlayKbps, double AmplificationLimit, ReadOnlyMemory<byte> ServerId)
{
    /// <summary>
    /// Longest answer over UDP, bytes: it passes every network whole (the figure of DNS flag day 2020: 1,280 less the headers of IPv6 and UDP).
    /// </summary>
    public const int MostUdpLength = 1_232;

    /// <summary>Longest message over TCP, bytes.</summary>
    public const int MostTcpLength = ushort.MaxValue;

    /// <summary>The defaults: three times the question, as QUIC before an address is known to be its owner's (RFC 9000 section 8.1).</summary>
    public static DnsRules Default { get; } = new(3_000, 3, ReadOnlyMemory<byte>.Empty);
}
