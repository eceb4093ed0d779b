namespace Scheduler.Protocol.V1.Messages;

/// <summary>What a node draws from one upstream.</summary>
/// <param name="Upstream">Id of the IDC.</param>
/// <param name="Bps">Rate, bit/s.</param>
/// <param name="Streams">How many streams; null when not said.</param>
public sealed record ReportPullMessage(string Upstream, long Bps, int? Streams);
