namespace Scheduler.Protocol.Dns;

/// <summary>How a question was answered (RFC 6895 section 2.3); also the metric label. Values above 15 need EDNS.</summary>
public enum DnsRcode : ushort
{
    /// <summary>Answered, with records or without.</summary>
    NoError = 0,

    /// <summary>The message could not be understood.</summary>
    FormErr = 1,

    /// <summary>There is no answer now.</summary>
    ServFail = 2,

    /// <summary>There is no such name.</summary>
    NxDomain = 3,

    /// <summary>A kind of message that is not answered.</summary>
    NotImp = 4,

    /// <summary>Not for this server to answer.</summary>
    Refused = 5,

    /// <summary>A version of EDNS that is not known.</summary>
    BadVers = 16,

    /// <summary>A cookie that this server did not make.</summary>
    BadCookie = 23,
}
