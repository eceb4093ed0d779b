namespace Scheduler.Server.Http.Tls;

/// <summary>What a client certificate is worth.</summary>
internal enum CertificateStanding
{
    /// <summary>A reporters' authority issued it, for clients, and it is in force.</summary>
    Verified = 0,

    /// <summary>None was shown.</summary>
    Absent,

    /// <summary>It, or an authority above it, is not in force yet or any more.</summary>
    OutOfTime,

    /// <summary>It does not say that it is for client authentication.</summary>
    WrongUse,

    /// <summary>No reporters' authority issued it.</summary>
    Untrusted,
}
