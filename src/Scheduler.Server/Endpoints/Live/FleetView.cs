using System.Text.Json;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Planning;
using Scheduler.State.Sites;

namespace Scheduler.Server.Endpoints.Live;

/// <summary>The fleet as operators see it: every live number of every site and node.</summary>
internal sealed class FleetView(SnapshotPublisher publisher, ControlLoop control, SessionTable sessions, DrainWatch drains, SchedulerClock clock)
{
    /// <summary>All sites, by id; null before there is a snapshot.</summary>
    public SiteListMessage? Sites() => publisher.Current is { } snapshot
        ? new SiteListMessage(
            snapshot.Revision,
            [
                .. snapshot.Fleet.Sites.OfType<IndexedSite>().OrderBy(s => s.Site.Id, StringComparer.Ordinal)
                    .Select(s => SiteOf(snapshot, s, withNodes: false)),
            ])
        : null;

    /// <summary>One site with its nodes; null when there is none of that id.</summary>
    public SiteMessage? Site(string id) =>
        publisher.Current is { } snapshot && snapshot.Fleet.TryFindSite(id, out int site)
            ? SiteOf(snapshot, snapshot.Fleet.Sites[site]!, withNodes: true)
            : null;

    /// <summary>One node; null when there is none of that id.</summary>
    public NodeMessage? Node(string id) =>
        publisher.Current is { } snapshot && snapshot.Fleet.TryFindNode(id, out int node) && control.NodeAt(node) is { } status
            ? NodeOf(snapshot, status)
            : null;

    private SiteMessage SiteOf(RoutingSnapshot snapshot, IndexedSite site, bool withNodes)
    {
        NodeStatus[] nodes = [.. site.Nodes.Select(control.NodeAt).OfType<NodeStatus>()];
        long capacity = nodes.Sum(n => n.HeardAtMs is null ? n.Node.Node.Capacity.Kbps : n.CapacityKbps);
        long load = nodes.Sum(n => snapshot.Load.NodeLoadKbps(n.Node.Index));
        return new SiteMessage(
            site.Site.Id, site.Site.Kind == SiteKind.Idc ? "idc" : "pop", site.Site.Region, site.Site.Place, site.Site.Country,
            site.Site.Location.Latitude, site.Site.Location.Longitude, Name(snapshot.Site(site.Index).Eligibility),
            capacity * 1_000, (control.SiteAt(site.Index)?.EffectiveKbps ?? 0) * 1_000, load * 1_000,
            capacity == 0 ? 0 : Math.Round((double)load / capacity, 4),
            nodes.Sum(n => sessions.Node(n.Node.Index).Count),
            Math.Round(snapshot.Load.Prices[site.Index], 2),
            nodes.Length, nodes.Count(n => snapshot.Node(n.Node.Index).Eligibility == Eligibility.Eligible),
            nodes.Select(n => clock.NowMs - n.HeardAtMs).Min(),
            site.Site.Upstreams,
            DrainPreviews.Of(drains.Of(site.Site.Id), clock),
            withNodes ? [.. nodes.Select(n => NodeOf(snapshot, n))] : null);
    }

    private NodeMessage NodeOf(RoutingSnapshot snapshot, NodeStatus status)
    {
        Node node = status.Node.Node;
        int index = status.Node.Index;
        bool heard = status.HeardAtMs is not null;
        ref NodeLedger ledger = ref snapshot.Load.Node(index);
        return new NodeMessage(
            node.Id, node.Site, status.Node.Number, node.Host, Name(snapshot.Node(index).Eligibility), status.Order.InService, status.Order.Weight,
            Math.Round(status.SlowStartShare, 3), node.Capacity.BitsPerSecond, heard ? status.CapacityKbps * 1_000 : null,
            snapshot.Load.NodeLoadKbps(index) * 1_000,
            heard ? Math.Max(0, Volatile.Read(ref ledger.Ceiling) - Volatile.Read(ref ledger.Assigned)) * 1_000 : 0,
            sessions.Node(index).Count, heard ? status.Report.Sessions : null, clock.NowMs - status.HeardAtMs,
            [.. Flags(node.Roles)], [.. Flags(node.Protocols)]);
    }

    /// <summary>The name of a standing on the wire.</summary>
    internal static string Name(Eligibility standing) => JsonNamingPolicy.SnakeCaseLower.ConvertName(standing.ToString());

    private static IEnumerable<string> Flags<T>(T flags)
        where T : struct, Enum => Enum.GetValues<T>()
            .Where(flag => Convert.ToInt32(flag, null) != 0 && flags.HasFlag(flag))
            .Select(flag => flag.ToString().ToLowerInvariant());
}
