namespace Scheduler.State.Sessions;

/// <summary>How sessions are weighed and kept.</summary>
/// <param name="PlayKbps">Weight of a viewer whose stream was not measured yet, kbit/s; over 0. Default 3,000.</param>
/// <param name="PublishKbps">Weight of a publisher, kbit/s; over 0. Default 6,000.</param>
/// <param name="HeartbeatS">Time between two beats while there are few sessions, s; in [1, <paramref name="LongestHeartbeatS"/>]. Default 30.</param>
/// <param name="LongestHeartbeatS">The most that load may stretch it to, s. Default 120.</param>
/// <param name="BeatsPerS">Beats a replica wants at most; above, the time between beats grows. Default 5,000.</param>
/// <param name="Replica">This replica's number, in [1, 255].</param>
public sealed record SessionRules(int PlayKbps, int PublishKbps, int HeartbeatS, int LongestHeartbeatS, int BeatsPerS, byte Replica)
{
    /// <summary>Beats that may be missed before a session has expired, and a part for the way.</summary>
    public const double ExpiryBeats = 2.5;

    /// <summary>A caller's hint may differ from what is known by this factor.</summary>
    public const int HintFactor = 4;

    /// <summary>Time after which a steered player asks again while there are few sessions, s; over 0. Default 30.</summary>
    public int SteeringTtlS { get; init; } = 30;

    /// <summary>The most that load may stretch the time between two renewals to, s.</summary>
    public int LongestRenewalS => Math.Max(LongestHeartbeatS, SteeringTtlS);

    /// <summary>The longest time from a renewal to the end of the token that it was answered with, s.</summary>
    public long LongestLifetimeS => LifetimeOf(LongestRenewalS);

    /// <summary>The defaults, for replica 1.</summary>
    public static SessionRules Default { get; } = new(3_000, 6_000, 30, 120, 5_000, 1);

    /// <summary>Time between two beats for a number of sessions, s.</summary>
    public int HeartbeatFor(long sessions) => RenewalFor(sessions, HeartbeatS);

    /// <summary>Time between two steering manifests for a number of sessions, s.</summary>
    public int SteeringTtlFor(long sessions) => RenewalFor(sessions, SteeringTtlS);

    /// <summary>How long a session lives after a renewal, s.</summary>
    /// <param name="renewalS">When it is to be renewed, s.</param>
    public static long LifetimeOf(int renewalS) => (long)Math.Ceiling(renewalS * ExpiryBeats);

    private int RenewalFor(long sessions, int leastS) => (int)Math.Clamp(sessions / BeatsPerS, leastS, Math.Max(leastS, LongestHeartbeatS));
}
