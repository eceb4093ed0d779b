using Scheduler.Core.Capacity;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of what nodes report.</summary>
internal sealed class ReportMetrics(Counters counters, ReportWriters writers, ControlLoop control) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_reports_total", MetricKind.Counter, "Reports of nodes, by what became of them");
        sink.Sample(writers.Applied, new MetricLabel("verdict", "applied"));
        sink.Sample(writers.Outdated, new MetricLabel("verdict", "outdated"));
        sink.Sample(counters.RejectedReports, new MetricLabel("verdict", "rejected"));
        sink.Sample(counters.ShedReports, new MetricLabel("verdict", "shed"));
        sink.Family("scheduler_nodes", MetricKind.Gauge, "Nodes of the fleet, by how old their last word is");
        int[] nodes = new int[Enum.GetValues<Freshness>().Length];
        foreach (SiteState site in control.Sites)
            foreach (NodeStatus node in site.Nodes) nodes[(int)node.Freshness]++;
        foreach (Freshness freshness in Enum.GetValues<Freshness>()) sink.Sample(nodes[(int)freshness], MetricLabel.Of("freshness", freshness));
    }
}
