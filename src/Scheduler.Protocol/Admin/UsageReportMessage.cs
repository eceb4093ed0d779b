namespace Scheduler.Protocol.Admin;

/// <summary>What was served in a span of time.</summary>
/// <param name="From">The first moment of the span.</param>
/// <param name="To">The first moment after it.</param>
/// <param name="By"><c>site</c>, <c>region</c> or <c>tenant</c>: what a row is about.</param>
/// <param name="Rows">The rows, the one with the most bits first.</param>
/// <param name="Total">All sites together; peak and percentile are of the sum.</param>
public sealed record UsageReportMessage(DateTimeOffset From, DateTimeOffset To, string By, IReadOnlyList<UsageRowMessage> Rows, UsageRowMessage Total);
