using System.Collections.Immutable;

namespace Scheduler.State.Usage;

/// <summary>What was served in a span of time, a row a site, region or tenant.</summary>
/// <param name="From">The first moment of the span, a full hour.</param>
/// <param name="To">The first moment after it, a full hour.</param>
/// <param name="By">What rows are about.</param>
/// <param name="Rows">The rows, the one with the most bits first.</param>
/// <param name="Total">All of them together; peak and percentile are of the sum, not the sums of them.</param>
public sealed record UsageReport(DateTimeOffset From, DateTimeOffset To, UsageBy By, ImmutableArray<UsageRow> Rows, UsageRow Total);
