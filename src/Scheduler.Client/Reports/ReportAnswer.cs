using System.Collections.Immutable;

namespace Scheduler.Client.Reports;

/// <summary>What a batch of reports is answered with.</summary>
/// <param name="Accepted">Reports taken.</param>
/// <param name="Rejected">Reports refused, each with its reason; empty when all were taken.</param>
/// <param name="IntervalMs">How often to report, ms; null when not said.</param>
/// <param name="Escrow">Weights of the replicas, to be echoed by number; null when not said.</param>
/// <param name="Sites">State of each site that was reported for (<c>serving</c>, <c>draining</c>, <c>drained</c>…); null when not said.</param>
public sealed record ReportAnswer(
    int Accepted,
    ImmutableArray<ReportRejection> Rejected,
    double? IntervalMs,
    EscrowWeights? Escrow,
    IReadOnlyDictionary<string, string>? Sites);
