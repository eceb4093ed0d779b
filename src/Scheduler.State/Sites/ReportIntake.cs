using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.State.Upstreams;

namespace Scheduler.State.Sites;

/// <summary>What happens to one report at its writer.</summary>
public static class ReportIntake
{
    /// <summary>Applies a report to its site and its streams to the stream table.</summary>
    /// <param name="envelope">The report.</param>
    /// <param name="streams">Where measured streams go; null while there is no such place.</param>
    /// <param name="upstreams">Is left what was applied; null when nobody asks where streams come in.</param>
    public static ReportVerdict Apply(in ReportEnvelope envelope, StreamTable? streams, UpstreamLoop? upstreams = null)
    {
        NodeReport report = envelope.Report;
        ReportVerdict verdict = envelope.Site.Apply(envelope.Node, in report, envelope.ReceivedAtMs, envelope.ReceivedAtUnixMs);
        if (verdict == ReportVerdict.Applied) upstreams?.Offer(in envelope);
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
