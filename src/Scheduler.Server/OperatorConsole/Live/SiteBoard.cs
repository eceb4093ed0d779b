using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Live;
using Scheduler.Server.OperatorConsole.History;
using Scheduler.State;
using Scheduler.State.Control;

namespace Scheduler.Server.OperatorConsole.Live;

/// <summary>Every site, live: what the admin API tells, and what only people ask for.</summary>
internal sealed class SiteBoard(FleetView view, SnapshotPublisher publisher, ConfigurationInForce inForce, SiteHistory history, SchedulerClock clock)
{
    /// <summary>All sites, by id; empty before there is a snapshot.</summary>
    public ImmutableArray<SiteRow> Rows()
    {
        if (publisher.Current is not { } snapshot || view.Sites() is not { } sites) return [];
        Dictionary<string, string> drains = Drained();
        return [.. sites.Sites.Select(site => RowOf(snapshot, site, drains)).OfType<SiteRow>()];
    }

    /// <summary>One site with its nodes; null when there is none of that id.</summary>
    public SiteRow? Row(string id) => publisher.Current is { } snapshot && view.Site(id) is { } site ? RowOf(snapshot, site, Drained()) : null;

    private SiteRow? RowOf(RoutingSnapshot snapshot, SiteMessage site, Dictionary<string, string> drains)
    {
        if (!snapshot.Fleet.TryFindSite(site.Id, out int index)) return null; // another fleet is in force by now
        IndexedSite there = snapshot.Fleet.Sites[index]!;
        long room = 0;
        foreach (int node in there.Nodes)
        {
            ref NodeLedger ledger = ref snapshot.Load.Node(node);
            room += Math.Max(0, Volatile.Read(ref ledger.Ceiling) - Volatile.Read(ref ledger.Assigned));
        }
        return new SiteRow(
            site, snapshot.Site(index).Eligibility, room * 1_000, HourlyCost.Of(there.Tariff, site.LoadBps / 1e6), history.Latest(site.Id)?.RttMs, drains.GetValueOrDefault(site.Id));
    }

    private Dictionary<string, string> Drained()
    {
        var drained = new Dictionary<string, string>(StringComparer.Ordinal);
        Configuration present = inForce.Current;
        DateTimeOffset now = clock.UtcNow;
        foreach (Drain drain in present.Drains)
        {
            if (!drain.HoldsAt(now) || drain.StartsAt > now) continue;
            foreach (int node in DrainTargets.Resolve(present.Fleet, drain.Target)) drained.TryAdd(present.Fleet.Nodes[node].Site, drain.Id);
        }
        return drained;
    }
}
