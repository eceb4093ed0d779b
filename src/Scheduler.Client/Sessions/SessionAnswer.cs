using System.Collections.Immutable;

namespace Scheduler.Client.Sessions;

/// <summary>Where to play.</summary>
/// <param name="Session">Identity of the session, the same for its whole life; null on an answer that omits it.</param>
/// <param name="Token">What every later call carries; for the scheduler alone, never for the edge.</param>
/// <param name="HeartbeatS">Seconds between two beats.</param>
/// <param name="ExpiresAt">When the session ends unless it beats; null when not said.</param>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Cell">The group of viewers that this one was counted to; null when not said.</param>
/// <param name="Candidates">Distinct nodes, best first; at least one.</param>
/// <param name="SteeringUrl">Content Steering manifest; null when the scheduler offers none.</param>
/// <param name="Revision">Revision of the configuration that decided; null when not said.</param>
/// <param name="Decision">How it was decided: <c>placed</c>, <c>sticky</c>, <c>spilled</c>, <c>panic</c>, <c>frozen</c>.</param>
public sealed record SessionAnswer(
    string? Session,
    string Token,
    double HeartbeatS,
    DateTimeOffset? ExpiresAt,
    string? Stream,
    string? Cell,
    ImmutableArray<Candidate> Candidates,
    string? SteeringUrl,
    long? Revision,
    string? Decision)
{
    /// <summary>Time between two beats, at least 1 s and at most 10 min whatever the wire said.</summary>
    public TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatS is >= 1 and <= 600 ? HeartbeatS : HeartbeatS > 600 ? 600 : HeartbeatS > 0 ? 1 : 30);
}
