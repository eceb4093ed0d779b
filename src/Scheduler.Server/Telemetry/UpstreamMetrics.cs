using Scheduler.Core.Upstreams;
using Scheduler.State.Control;
using Scheduler.State.Drains;
using Scheduler.State.Sessions;
using Scheduler.State.Upstreams;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of publishers, streams and links. None of them has a label for each stream: there are tens of thousands.</summary>
internal sealed class UpstreamMetrics(ControlLoop control, SessionDesk desk)
{
    /// <summary>Writes them.</summary>
    /// <param name="family">Begins a metric: name, type, help.</param>
    /// <param name="sample">Adds a value: name, labels, value.</param>
    public void Write(Action<string, string, string> family, Action<string, string?, double> sample)
    {
        UpstreamLoop loop = control.Upstreams;
        One("scheduler_streams", "gauge", "Streams that some node reports", loop.Streams.Count);
        One("scheduler_streams_at_home", "gauge", "Streams that arrive somewhere", loop.Streams.Homes.Count);
        One("scheduler_streams_evicted_total", "counter", "Streams that were sent or watched and found no place in the table", loop.Streams.Evicted);
        One("scheduler_home_changes_total", "counter", "How often the home or the backup of a stream became another", loop.Streams.HomeChanges);
        One("scheduler_published_streams", "gauge", "Streams that sessions of this replica publish", desk.Publishers.Streams);
        One("scheduler_reparented_total", "counter", "Pulls that were given another parent than they had", loop.Desk.Reparented);
        One("scheduler_upstream_reports_dropped_total", "counter", "Reports whose streams and pulls came faster than they could be taken in", loop.Dropped);
        family("scheduler_upstream_answers_total", "counter", "Questions from where to pull, by how they were answered");
        foreach (UpstreamOutcome outcome in Enum.GetValues<UpstreamOutcome>())
            sample("scheduler_upstream_answers_total", $"outcome=\"{MetricsText.Name(outcome)}\"", loop.Desk.Count(outcome));
        PerLink("scheduler_link_load_bps", "What is pulled over a link", (view, way) => view.Links.LoadKbps(way) * 1_000.0);
        PerLink("scheduler_link_capacity_bps", "What a link can carry", (view, way) => view.Table.Way(way).CapacityKbps * 1_000.0);
        PerDrain("scheduler_drain_publishers_left", "Streams that publishers still send to a drained target", progress => progress.PublishersLeft);
        PerDrain("scheduler_drain_pulls_left", "Streams that others still pull from a drained target", progress => progress.PullsLeft);

        void One(string name, string type, string help, double value)
        {
            family(name, type, help);
            sample(name, null, value);
        }

        void PerLink(string name, string help, Func<UpstreamView, int, double> value)
        {
            family(name, "gauge", help);
            if (loop.View is not { } view) return;
            for (int way = 0; way < view.Table.Count; way++)
            {
                UpstreamWay at = view.Table.Way(way);
                if (at.Link is null || view.Snapshot.Fleet.Sites[at.To] is not { } to || view.Snapshot.Fleet.Sites[at.From] is not { } from) continue;
                sample(name, $"site=\"{to.Site.Id}\",idc=\"{from.Site.Id}\"", value(view, way));
            }
        }

        void PerDrain(string name, string help, Func<DrainProgress, double> value)
        {
            family(name, "gauge", help);
            foreach (DrainProgress progress in control.Drains.Progress)
                if (progress.Feeds) sample(name, $"drain=\"{progress.Drain.Id}\"", value(progress));
        }
    }
}
