namespace Scheduler.Core.Zones;

/// <summary>Parameters of SVCB and HTTPS records, by their numbers on the wire (RFC 9460 section 14.3.2).</summary>
public enum ServiceParameter : ushort
{
    /// <summary>Parameters that a client must understand.</summary>
    Mandatory = 0,

    /// <summary>Protocols over TLS.</summary>
    Alpn = 1,

    /// <summary>Without the protocol that would be taken for granted.</summary>
    NoDefaultAlpn = 2,

    /// <summary>Port.</summary>
    Port = 3,

    /// <summary>IPv4 addresses of the target.</summary>
    Ipv4Hint = 4,

    /// <summary>IPv6 addresses of the target.</summary>
    Ipv6Hint = 6,
}
