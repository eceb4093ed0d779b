using Scheduler.Core.Upstreams;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Sessions;
using Scheduler.State.Upstreams;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of publishers, streams and links. None of them has a label for each stream: there are tens of thousands.</summary>
internal sealed class UpstreamMetrics(ControlLoop control, SessionDesk desk) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        UpstreamLoop loop = control.Upstreams;
        One("scheduler_streams", MetricKind.Gauge, "Streams that some node reports", loop.Streams.Count);
        One("scheduler_streams_at_home", MetricKind.Gauge, "Streams that arrive somewhere", loop.Streams.Homes.Count);
        One("scheduler_streams_evicted_total", MetricKind.Counter, "Streams that were sent or watched and found no place in the table", loop.Streams.Evicted);
        One("scheduler_home_changes_total", MetricKind.Counter, "How often the home or the backup of a stream became another", loop.Streams.HomeChanges);
        One("scheduler_published_streams", MetricKind.Gauge, "Streams that sessions of this replica publish", desk.Publishers.Streams);
        One("scheduler_reparented_total", MetricKind.Counter, "Pulls that were given another parent than they had", loop.Desk.Reparented);
        One("scheduler_upstream_reports_dropped_total", MetricKind.Counter, "Reports whose streams and pulls came faster than they could be taken in", loop.Dropped);
        sink.Family("scheduler_upstream_answers_total", MetricKind.Counter, "Questions from where to pull, by how they were answered");
        foreach (UpstreamOutcome outcome in Enum.GetValues<UpstreamOutcome>()) sink.Sample(loop.Desk.Count(outcome), MetricLabel.Of("outcome", outcome));
        PerLink("scheduler_link_load_bps", "What is pulled over a link", (view, way) => view.Links.LoadKbps(way) * 1_000.0);
        PerLink("scheduler_link_capacity_bps", "What a link can carry", (view, way) => view.Table.Way(way).CapacityKbps * 1_000.0);
        PerDrain("scheduler_drain_publishers_left", "Streams that publishers still send to a drained target", progress => progress.PublishersLeft);
        PerDrain("scheduler_drain_pulls_left", "Streams that others still pull from a drained target", progress => progress.PullsLeft);

        void One(string name, MetricKind kind, string help, double value)
        {
            sink.Family(name, kind, help);
            sink.Sample(value);
        }

        void PerLink(string name, string help, Func<UpstreamView, int, double> value)
        {
            sink.Family(name, MetricKind.Gauge, help);
            if (loop.View is not { } view) return;
            for (int way = 0; way < view.Table.Count; way++)
            {
                UpstreamWay at = view.Table.Way(way);
                if (at.Link is null || view.Snapshot.Fleet.Sites[at.To] is not { } to || view.Snapshot.Fleet.Sites[at.From] is not { } from) continue;
                sink.Sample(value(view, way), new MetricLabel("site", to.Site.Id), new MetricLabel("idc", from.Site.Id));
            }
        }

        void PerDrain(string name, string help, Func<DrainProgress, double> value)
        {
            sink.Family(name, MetricKind.Gauge, help);
            foreach (DrainProgress progress in control.Drains.Progress)
                if (progress.Feeds) sink.Sample(value(progress), new MetricLabel("drain", progress.Drain.Id));
        }
    }
}
