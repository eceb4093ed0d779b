using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State;
using Scheduler.State.Control;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of each site.</summary>
internal sealed class SiteMetrics(SnapshotPublisher publisher, ControlLoop control, SessionTable sessions, SchedulerClock clock) : IMetricSource
{
    private sealed record Row(
        MetricLabel Site, MetricLabel Region, double LoadBps, double CapacityBps, double? Utilisation, double RoomBps, double Price, bool IsEligible, double Sessions,
        double? ReportAgeS);

    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        Row[] rows = publisher.Current is { } snapshot ? [.. snapshot.Fleet.Sites.OfType<IndexedSite>().Select(site => RowOf(snapshot, site))] : [];
        Family("scheduler_site_load_bps", "Load of a site now", row => row.LoadBps);
        Family("scheduler_site_capacity_bps", "What a site may carry now", row => row.CapacityBps);
        Family("scheduler_site_utilisation_ratio", "Load of a site over what its nodes could carry, drained or not", row => row.Utilisation);
        Family("scheduler_site_room_bps", "Escrow of this replica that is left at a site", row => row.RoomBps);
        Family("scheduler_site_price", "Marginal price of load at a site, milliseconds of round-trip time that one would accept instead", row => row.Price);
        Family("scheduler_site_eligible", "1 when the site may be named", row => row.IsEligible ? 1 : 0);
        Family("scheduler_site_sessions", "Live sessions of this replica at a site", row => row.Sessions);
        Family("scheduler_site_report_age_seconds", "Age of the oldest of the last reports of a site's nodes", row => row.ReportAgeS);

        void Family(string name, string help, Func<Row, double?> value)
        {
            sink.Family(name, MetricKind.Gauge, help);
            foreach (Row row in rows)
                if (value(row) is { } number) sink.Sample(number, row.Site, row.Region);
        }
    }

    private Row RowOf(RoutingSnapshot snapshot, IndexedSite site)
    {
        long capacityKbps = 0, roomKbps = 0, viewers = 0;
        long? oldestMs = null;
        foreach (int index in site.Nodes)
        {
            viewers += sessions.Node(index).Count;
            if (control.NodeAt(index) is not { HeardAtMs: { } heardAtMs } node) continue;
            capacityKbps += node.CapacityKbps;
            ref NodeLedger ledger = ref snapshot.Load.Node(index);
            roomKbps += Math.Max(0, Volatile.Read(ref ledger.Ceiling) - Volatile.Read(ref ledger.Assigned));
            oldestMs = Math.Min(oldestMs ?? heardAtMs, heardAtMs);
        }
        long loadKbps = snapshot.Load.SiteLoadKbps(site.Index);
        return new Row(
            new MetricLabel("site", site.Site.Id), new MetricLabel("region", site.Site.Region), loadKbps * 1_000.0, (control.SiteAt(site.Index)?.EffectiveKbps ?? 0) * 1_000.0,
            capacityKbps > 0 ? (double)loadKbps / capacityKbps : null, roomKbps * 1_000.0, snapshot.Load.Prices[site.Index],
            snapshot.Site(site.Index).Eligibility == Eligibility.Eligible, viewers, oldestMs is { } at ? (clock.NowMs - at) / 1_000.0 : null);
    }
}
