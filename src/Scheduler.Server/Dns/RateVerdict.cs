namespace Scheduler.Server.Dns;

/// <summary>What becomes of an answer under the limit on answers.</summary>
internal enum RateVerdict
{
    /// <summary>It goes out.</summary>
    Send = 0,

    /// <summary>The asker is sent to TCP instead.</summary>
    Truncate = 1,

    /// <summary>Nothing goes out.</summary>
    Drop = 2,
}
