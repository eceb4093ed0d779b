using System.Collections.Immutable;

namespace Scheduler.Client.Reports;

/// <summary>What became of one round: every node reported once.</summary>
/// <param name="Accepted">Reports taken.</param>
/// <param name="Rejections">Reports refused, with the node each was about.</param>
/// <param name="Problem">Why a batch did not arrive; null when all did. The next round makes up for it: reports are states, not events.</param>
/// <param name="SiteStates">State of each site as the scheduler told it; empty when it said nothing.</param>
public sealed record ReportRound(
    int Accepted,
    ImmutableArray<(string Node, ReportRejection Rejection)> Rejections,
    SchedulerProblem? Problem,
    ImmutableDictionary<string, string> SiteStates);
