using System.Collections.Immutable;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Client.Reports;

/// <summary>What became of one round: every node reported once.</summary>
/// <param name="Accepted">Reports taken.</param>
/// <param name="Rejections">Reports refused, with the node each was about.</param>
/// <param name="Problem">Why a batch did not arrive; null when all did. The next round makes up for it: reports are states, not events.</param>
/// <param name="SiteStates">What is done with each site that was reported for: <c>open</c>, <c>draining</c> or <c>drained</c>.</param>
public sealed record ReportRound(
    int Accepted,
    ImmutableArray<(string Node, ReportRejection Rejection)> Rejections,
    SchedulerProblem? Problem,
    ImmutableDictionary<string, string> SiteStates);
