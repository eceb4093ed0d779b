namespace Scheduler.Core.Zones;

/// <summary>Types of records, by their numbers on the wire. Others are valid in a question and have no records here.</summary>
public enum RecordType : ushort
{
    /// <summary>None; not valid in a zone.</summary>
    None = 0,

    /// <summary>An IPv4 address (RFC 1035 section 3.4.1).</summary>
    A = 1,

    /// <summary>A name server (RFC 1035 section 3.3.11); below the zone's own name it delegates.</summary>
    Ns = 2,

    /// <summary>Another name for the same (RFC 1035 section 3.3.1).</summary>
    Cname = 5,

    /// <summary>Start of a zone (RFC 1035 section 3.3.13); made from the zone, never written.</summary>
    Soa = 6,

    /// <summary>Text (RFC 1035 section 3.3.14).</summary>
    Txt = 16,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    Aaaa = 28,

    /// <summary>Extensions of a message (RFC 6891); not valid in a zone.</summary>
    Opt = 41,

    /// <summary>How to reach a service (RFC 9460).</summary>
    Svcb = 64,

    /// <summary>How to reach a web service (RFC 9460).</summary>
    Https = 65,

    /// <summary>Keys for transactions (RFC 2930); a question only.</summary>
    Tkey = 249,

    /// <summary>Signature of a transaction (RFC 8945); never asked for.</summary>
    Tsig = 250,

    /// <summary>Part of a zone (RFC 1995); a question only.</summary>
    Ixfr = 251,

    /// <summary>A whole zone (RFC 5936); a question only.</summary>
    Axfr = 252,

    /// <summary>Mailboxes (RFC 1035 section 3.2.3); a question only.</summary>
    Mailb = 253,

    /// <summary>Mail agents (RFC 1035 section 3.2.3); a question only.</summary>
    Maila = 254,

    /// <summary>Whatever there is (RFC 8482); a question only.</summary>
    Any = 255,

    /// <summary>Who may issue certificates (RFC 8659).</summary>
    Caa = 257,
}
