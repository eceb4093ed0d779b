namespace Scheduler.Protocol.Dns;

/// <summary>Why an answer is what it is, for people who look at it (RFC 8914 section 4).</summary>
internal enum ExtendedError : ushort
{
    /// <summary>Nothing that has a number of its own: no node has room.</summary>
    Other = 0,

    /// <summary>The server has just started.</summary>
    NotReady = 14,

    /// <summary>The operator's policy leaves nothing for this client.</summary>
    Filtered = 17,

    /// <summary>The name is not of this server's zones.</summary>
    NotAuthoritative = 20,
}
