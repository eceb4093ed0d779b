using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Sessions;

/// <summary>What a <see cref="PlayerSession"/> asks of its player. None of them may throw; each may take its time, the next beat waits.</summary>
public sealed record PlayerCallbacks
{
    /// <summary>Connect to the first candidate (the others are spare), then leave the old node. Called on a move and on a failover.</summary>
    public required Func<IReadOnlyList<CandidateMessage>, CancellationToken, ValueTask> Move { get; init; }

    /// <summary>What was measured since the last beat; null when the player measures nothing.</summary>
    public Func<PlaybackQuality>? Measure { get; init; }

    /// <summary>A call failed; playback goes on where it is. For the player's log; null for no interest.</summary>
    public Action<SchedulerProblem>? Trouble { get; init; }
}
