using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Protocol.V1.Messages;

/// <summary>The answer to a batch of reports, for those who receive it.</summary>
public sealed record ReportAnswerMessage
{
    /// <summary>Reports that were taken.</summary>
    public required int Accepted { get; init; }

    /// <summary>Why the others were not.</summary>
    public required IReadOnlyList<ReportRejection> Rejected { get; init; }

    /// <summary>When to report next, ms.</summary>
    public required int IntervalMs { get; init; }

    /// <summary>Weights to be kept and echoed.</summary>
    public required EscrowMessage Escrow { get; init; }

    /// <summary>What is done with each site: <c>open</c>, <c>draining</c> or <c>drained</c>.</summary>
    public required IReadOnlyDictionary<string, string> Sites { get; init; }

    /// <summary>From where to pull the streams that reports asked for, and those whose parent has become another; null for none.</summary>
    public IReadOnlyList<UpstreamMessage>? Upstream { get; init; }

    /// <summary>What nodes should pull ahead; null for nothing.</summary>
    public IReadOnlyList<WarmUpMessage>? WarmUp { get; init; }
}
