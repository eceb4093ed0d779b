using System.Collections.Immutable;
using Scheduler.Client.Reports;

namespace Scheduler.Client.Edges;

/// <summary>What a <see cref="NodeAudience"/> contributes to its node's report.</summary>
/// <param name="Viewers">Viewers now.</param>
/// <param name="EgressBps">What they draw, bit/s, as far as it is counted.</param>
/// <param name="ByReplica">By the replica that sent them.</param>
/// <param name="Streams">Streams that changed, at most 64; what else changed comes with the next.</param>
internal readonly record struct AudienceMeasurement(
    int Viewers, long EgressBps, ImmutableArray<ReplicaMeasurement> ByReplica, ImmutableArray<StreamMeasurement> Streams);
