using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.State.Rtts;
using Scheduler.State.Sites;

namespace Scheduler.State.Control;

/// <summary>What the control loop is told at its start.</summary>
/// <param name="Policy">The rules where the policy in force sets nothing.</param>
/// <param name="Rules">The rules of sites.</param>
/// <param name="StreamCapacity">Streams remembered at once; at least 8. Default 65,536.</param>
public sealed record ControlOptions(DispatchPolicy Policy, SiteRules Rules, int StreamCapacity)
{
    /// <summary>What is taken to be the round-trip time of each pair of cell and site until players have measured it. Default: the model by distance.</summary>
    public RttSource Rtt { get; init; } = RttSources.ByDistance;

    /// <summary>How round-trip times are learnt from players; null not to learn.</summary>
    public RttRules? Learning { get; init; } = RttRules.Default;

    /// <summary>The defaults of every part.</summary>
    public static ControlOptions Default { get; } = new(DispatchPolicy.Default, SiteRules.Default, 65_536);
}
