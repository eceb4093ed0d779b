namespace Scheduler.Protocol.Admin;

/// <summary>A drain. How far it has come is told by the calls that read it, as the replica that answers knows it.</summary>
/// <param name="Id">Unique for ever.</param>
/// <param name="Target">What it takes out of service.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who: the name of the key.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="State"><c>planned</c>, <c>active</c>, <c>expired</c> or <c>ended</c> (deleted by this call).</param>
/// <param name="Nodes">How many nodes of the present fleet it covers.</param>
/// <param name="StartsAt">When it begins to be carried out.</param>
/// <param name="RampS">Seconds over which the target is closed to new sessions; 0 for at once.</param>
/// <param name="Deadline">By when the target is to be empty; absent when there is no hurry.</param>
/// <param name="Phase"><c>planned</c>, <c>ramping</c>, <c>migrating</c>, <c>paused</c>, <c>drained</c>, <c>expired</c> or <c>cancelled</c>.</param>
/// <param name="Admitting">Share of the target's free part that is open to new sessions, in [0, 1].</param>
/// <param name="SessionsLeft">Live sessions at the target: those that its nodes report, or those that this replica holds where they are more.</param>
/// <param name="LeftBps">What they weigh, bit/s.</param>
/// <param name="Moved">Sessions that were asked to move and have gone, since the process began.</param>
/// <param name="Paused">Why nobody is asked to move for now; absent while they are.</param>
/// <param name="Receivers">The sites that take over, and those of them that wait; absent while nobody moves.</param>
/// <param name="RampLateS">How many seconds longer than was asked for the ramp takes, as the receivers have too little room; absent when they have enough.</param>
/// <param name="Eta">When the target will be closed (while ramping) or empty, at the present pace; absent while that cannot be said.</param>
/// <param name="Revision">The revision that this call made; absent where the call only reads, and for a local drain.</param>
/// <param name="Local">True while only this replica and the peers that it reached know of it; absent once a revision holds it.</param>
public sealed record DrainMessage(
    string Id,
    DrainTargetMessage Target,
    string Reason,
    string Author,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string State,
    int Nodes,
    DateTimeOffset StartsAt,
    double RampS,
    DateTimeOffset? Deadline = null,
    string? Phase = null,
    double? Admitting = null,
    long? SessionsLeft = null,
    long? LeftBps = null,
    long? Moved = null,
    DrainPauseMessage? Paused = null,
    DrainReceiversMessage? Receivers = null,
    double? RampLateS = null,
    DateTimeOffset? Eta = null,
    long? Revision = null,
    bool? Local = null)
{
    /// <summary>Streams that publishers still send to the target; absent where it takes none in.</summary>
    public int? PublishersLeft { get; init; }

    /// <summary>Streams that other sites still pull from the target, each counted once for each node that pulls it; absent where nobody pulls from it.</summary>
    public int? PullsLeft { get; init; }
}
