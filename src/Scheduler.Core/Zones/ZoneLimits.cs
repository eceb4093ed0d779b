namespace Scheduler.Core.Zones;

/// <summary>Bounds of zones.</summary>
public static class ZoneLimits
{
    /// <summary>Most zones.</summary>
    public const int Zones = 1_000;

    /// <summary>Most records of a zone.</summary>
    public const int Records = 10_000;

    /// <summary>Most steered names of a zone.</summary>
    public const int Steered = 1_000;

    /// <summary>Most name servers of a zone: more do not fit a referral.</summary>
    public const int NameServers = 13;

    /// <summary>Most nodes that an answer names.</summary>
    public const int Nodes = 8;

    /// <summary>Longest time for which a record may hold, s: a week.</summary>
    public const int TtlS = 604_800;

    /// <summary>Longest time for which "there is none" may hold, s (RFC 2308 section 5: one to three hours work well).</summary>
    public const int NegativeTtlS = 10_800;

    /// <summary>Shortest time for which a steered answer holds, s: resolvers that ask more often than that are a load of their own.</summary>
    public const int LeastSteeredTtlS = 5;

    /// <summary>Longest time for which a steered answer holds, s: it is how long a drain waits for DNS.</summary>
    public const int MostSteeredTtlS = 60;

    /// <summary>Longest text that a record's data may be written as, characters.</summary>
    public const int DataLength = 4_096;
}
