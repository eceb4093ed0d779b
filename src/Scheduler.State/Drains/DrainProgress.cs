using System.Collections.Immutable;
using Scheduler.Core.Drains;

namespace Scheduler.State.Drains;

/// <summary>How far a drain has come, as this replica knows it.</summary>
/// <param name="Drain">The drain.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Admitting">Share of the target's free part that is open to new sessions, in [0, 1].</param>
/// <param name="SessionsLeft">Live sessions at the target: those that its nodes report, or those that this replica holds where they are more.</param>
/// <param name="KbpsLeft">What they weigh, kbit/s.</param>
/// <param name="Moved">Sessions that were asked to move and have gone, since the process began.</param>
/// <param name="Paused">Why nobody is asked to move for now; null while they are.</param>
/// <param name="Receivers">Sites to which sessions were sent within the last half minute, or would have been if they did not wait.</param>
/// <param name="Waiting">Those of them that get nothing more for now: that fail their players first, then the fullest.</param>
/// <param name="Bounds">How full a receiver may be.</param>
/// <param name="LateMs">How much longer the ramp takes than was asked for, ms, because the receivers have too little room; 0 when they have enough.</param>
/// <param name="EmptyInMs">Time until the target is empty at the present pace, ms; null while that cannot be said.</param>
public sealed record DrainProgress(
    Drain Drain,
    DrainPhase Phase,
    double Admitting,
    long SessionsLeft,
    long KbpsLeft,
    long Moved,
    DrainPause? Paused,
    int Receivers,
    ImmutableArray<WaitingReceiver> Waiting,
    ReceiverBounds Bounds,
    long LateMs,
    long? EmptyInMs)
{
    /// <summary>Streams that publishers still send to the target, as its nodes report.</summary>
    public int PublishersLeft { get; init; }

    /// <summary>Streams that other sites still pull from it, each counted once for each node that pulls it.</summary>
    public int PullsLeft { get; init; }

    /// <summary>True when the target takes publishers in or feeds others, so that the two before mean something.</summary>
    public bool Feeds { get; init; }

    /// <summary>Id of the site that is the worst reason for the pause; null when it is no single one.</summary>
    public string? PausedBy => Paused is DrainPause.ReceiverFull or DrainPause.ReceiverFails && !Waiting.IsEmpty ? Waiting[0].Site : null;
}
