using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Upstreams;
using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>What nodes report that they pull, put down on the ways of the fleet. One thread writes.</summary>
internal sealed class LinkReports
{
    private readonly Dictionary<NodeStatus, Pulled[]> _byNode = [];
    private Dictionary<ulong, int> _idcByName = [];
    private FleetIndex _fleet = FleetIndex.Empty;

    private readonly record struct Pulled(int Idc, long Kbps, int Streams);

    /// <summary>Takes a fleet into force: which name stands for which IDC.</summary>
    public void Become(FleetIndex fleet)
    {
        _fleet = fleet;
        _idcByName = [];
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is not { Site.Kind: Core.Topology.SiteKind.Idc }) continue;
            _idcByName[Hash(site.Site.Id)] = site.Index;
            foreach (int node in site.Nodes) _idcByName[Hash(fleet.Nodes[node]!.Node.Id)] = site.Index;
        }
    }

    /// <summary>Takes in what a report says of pulls, in the place of what the node said before.</summary>
    public void Apply(NodeStatus node, in NodeReport report, LinkLoads links)
    {
        if (report.Pulls.IsEmpty && !_byNode.ContainsKey(node)) return;
        Span<PullLoad> loads = stackalloc PullLoad[report.Pulls.Length];
        var pulled = new Pulled[report.Pulls.Length];
        int ways = 0, kept = 0, site = node.Node.SiteIndex;
        foreach (ReportedPull pull in report.Pulls)
        {
            if (!_idcByName.TryGetValue(pull.Upstream, out int idc)) continue; // of another fleet, or between two
            pulled[kept++] = new Pulled(idc, pull.Kbps, Math.Max(pull.Streams, pull.Kbps > 0 ? 1 : 0));
            if (!links.Table.TryFindWay(site, idc, out int way)) continue;
            int known = 0;
            while (known < ways && loads[known].Way != way) known++;
            loads[known] = new PullLoad(way, pull.Kbps + (known < ways ? loads[known].Kbps : 0));
            ways = Math.Max(ways, known + 1);
        }
        links.Report(site, node.Node.Index, loads[..ways]);
        if (kept > 0) _byNode[node] = pulled[..kept];
        else _byNode.Remove(node);
    }

    /// <summary>Forgets what nodes said that are silent or have left the fleet.</summary>
    public void Sweep(Func<NodeStatus, bool> isKnown, LinkLoads links)
    {
        foreach (NodeStatus node in _byNode.Keys)
        {
            if (isKnown(node) && (node.Freshness != Freshness.Silent || node.SilenceIsOurs)) continue;
            if (node.Node.SiteIndex < links.Table.SiteBound) links.Report(node.Node.SiteIndex, node.Node.Index, []);
            _byNode.Remove(node);
        }
    }

    /// <summary>Counts what is pulled from each IDC by nodes that are not its own.</summary>
    /// <param name="streams">Output, by site index: streams, each counted once for each node that pulls it.</param>
    /// <param name="kbps">Output, by site index: kbit/s.</param>
    public void Count(Span<int> streams, Span<long> kbps)
    {
        streams.Clear();
        kbps.Clear();
        foreach ((NodeStatus node, Pulled[] pulls) in _byNode)
        {
            foreach (Pulled pull in pulls)
            {
                if (pull.Idc == node.Node.SiteIndex || pull.Idc >= streams.Length) continue;
                streams[pull.Idc] += pull.Streams;
                kbps[pull.Idc] += pull.Kbps;
            }
        }
    }

    /// <summary>Hash of a name of the fleet, as reports are read.</summary>
    private static ulong Hash(string name) => StreamName.Hash(System.Text.Encoding.UTF8.GetBytes(name));
}
