using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:RateLimits</c>: calls that one caller may make. Each limit is off at 0.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Calls a second from one network with a player's key, or with none that holds.</summary>
    /// <value>0 to 1,000,000; default 500: a network of 256 addresses, each of them a carrier's with some viewers behind it.</value>
    [Range(0, 1_000_000)]
    public int NetworkPerS { get; set; } = 500;

    /// <summary>Sessions and other calls of players a second with one backend, operator or admin key.</summary>
    /// <value>0 to 1,000,000; default 200,000: more than one replica answers.</value>
    [Range(0, 1_000_000)]
    public int BackendPerS { get; set; } = 200_000;

    /// <summary>Calls with reports a second with one key, however many reports each carries.</summary>
    /// <value>0 to 1,000,000; default 20,000: twice the nodes of a large fleet, one call each.</value>
    [Range(0, 1_000_000)]
    public int ReporterPerS { get; set; } = 20_000;

    /// <summary>Calls of the admin API a second with one key.</summary>
    /// <value>0 to 1,000,000; default 500.</value>
    [Range(0, 1_000_000)]
    public int AdminPerS { get; set; } = 500;

    /// <summary>Seconds whose calls may come at once.</summary>
    /// <value>1 to 3,600; default 10.</value>
    [Range(1, 3_600)]
    public int WindowS { get; set; } = 10;

    /// <summary>Bits of the IPv4 addresses that make a network.</summary>
    /// <value>8 to 32; default 24, the least that is routed: behind a carrier's translation one address is many viewers.</value>
    [Range(8, 32)]
    public int PrefixV4 { get; set; } = 24;

    /// <summary>Bits of the IPv6 addresses that make a network.</summary>
    /// <value>16 to 64; default 48, the most that one subscriber is given (RFC 6177).</value>
    [Range(16, 64)]
    public int PrefixV6 { get; set; } = 48;
}
