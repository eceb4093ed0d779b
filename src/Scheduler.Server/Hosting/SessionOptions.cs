using System.ComponentModel.DataAnnotations;
using Scheduler.State.Sessions;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler:Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>Most sessions at once; 32 bytes each.</summary>
    /// <value>1,000 to 67,108,864; default 4,194,304.</value>
    [Range(1_000, 1 << 26)]
    public int Capacity { get; set; } = 1 << 22;

    /// <summary>Time between two beats while there are few sessions, s.</summary>
    /// <value>1 to 3,600; default 30.</value>
    [Range(1, 3_600)]
    public int HeartbeatS { get; set; } = SessionRules.Default.HeartbeatS;

    /// <summary>The most that load may stretch it to, s.</summary>
    /// <value>1 to 3,600; default 120.</value>
    [Range(1, 3_600)]
    public int LongestHeartbeatS { get; set; } = SessionRules.Default.LongestHeartbeatS;

    /// <summary>Time after which steered players ask for a new manifest while there are few sessions, s; load stretches it as it does the time between beats.</summary>
    /// <value>1 to 3,600; default 30.</value>
    [Range(1, 3_600)]
    public int SteeringTtlS { get; set; } = SessionRules.Default.SteeringTtlS;

    /// <summary>Beats wanted at most, a second.</summary>
    /// <value>1 to 1,000,000; default 5,000.</value>
    [Range(1, 1_000_000)]
    public int BeatsPerS { get; set; } = SessionRules.Default.BeatsPerS;

    /// <summary>Weight of a viewer whose stream was not measured yet, bit/s.</summary>
    /// <value>1,000 to 1,000,000,000; default 3,000,000.</value>
    [Range(1_000, 1_000_000_000)]
    public int PlayBps { get; set; } = SessionRules.Default.PlayKbps * 1_000;

    /// <summary>Weight of a publisher, bit/s.</summary>
    /// <value>1,000 to 1,000,000,000; default 6,000,000.</value>
    [Range(1_000, 1_000_000_000)]
    public int PublishBps { get; set; } = SessionRules.Default.PublishKbps * 1_000;

    /// <summary>Live streams remembered at once.</summary>
    /// <value>1,024 to 4,194,304; default 65,536.</value>
    [Range(1_024, 1 << 22)]
    public int Streams { get; set; } = 65_536;

    /// <summary>The rules that these options make.</summary>
    public SessionRules ToRules() => new(
        PlayBps / 1_000, PublishBps / 1_000, HeartbeatS, Math.Max(HeartbeatS, LongestHeartbeatS), BeatsPerS, SessionRules.Default.Replica)
    { SteeringTtlS = SteeringTtlS };
}
