using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.State.Sites;

/// <summary>What happens to one report at its writer.</summary>
public static class ReportIntake
{
    /// <summary>Applies a report to its site and its streams to the stream table.</summary>
    public static ReportVerdict Apply(in ReportEnvelope envelope, StreamTable? streams)
    {
        NodeReport report = envelope.Report;
        ReportVerdict verdict = envelope.Site.Apply(envelope.Node, in report, envelope.ReceivedAtMs, envelope.ReceivedAtUnixMs);
        if (verdict != ReportVerdict.Applied || streams is null) return verdict;
        int epoch = StreamTable.EpochOf(envelope.ReceivedAtMs / 1_000);
        foreach (StreamLoad load in report.Streams)
        {
            streams.Measure(in load, envelope.Site.Index, epoch);
            streams.Hot.Measure(in load, envelope.Site.Index, envelope.Node.Node.Index, envelope.Node.CapacityKbps, epoch);
        }
        return verdict;
    }
}
