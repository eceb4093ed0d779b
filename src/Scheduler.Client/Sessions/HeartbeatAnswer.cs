using System.Collections.Immutable;

namespace Scheduler.Client.Sessions;

/// <summary>What a beat is answered with.</summary>
/// <param name="Action"><c>stay</c> or <c>move</c>; anything else means stay.</param>
/// <param name="Token">Replaces the token before; null when it stays.</param>
/// <param name="Candidates">Where to move, best first; empty when staying.</param>
/// <param name="HeartbeatS">Seconds to the next beat; null when unchanged.</param>
public sealed record HeartbeatAnswer(string? Action, string? Token, ImmutableArray<Candidate> Candidates, double? HeartbeatS)
{
    /// <summary>True when the player shall connect to the first candidate, then leave its node (make before break).</summary>
    public bool IsMove => Action == "move" && !Candidates.IsDefaultOrEmpty;
}
