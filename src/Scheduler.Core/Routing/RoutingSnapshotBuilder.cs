using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>Compiles standings of nodes into a <see cref="RoutingSnapshot"/>.</summary>
public static class RoutingSnapshotBuilder
{
    /// <summary>Builds a snapshot; O(nodes).</summary>
    /// <param name="version">Its number.</param>
    /// <param name="revision">Revision of the configuration.</param>
    /// <param name="locator">Address to cell.</param>
    /// <param name="candidates">Compiled for the same <paramref name="fleet"/>.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="nodeStandings">Whether each node may be named, by node index.</param>
    /// <param name="doubted">Nodes that panic keeps in service, by node index.</param>
    /// <param name="siteExtraMs">Surcharge by site index, ms.</param>
    /// <param name="frozen">Whether silent nodes are served from as if they were not.</param>
    /// <param name="load">Live counters.</param>
    /// <param name="streams">Where which stream is warm.</param>
    /// <param name="policy">The rules of scoring.</param>
    /// <param name="classes">Fences, and what differs for classes of streams; null for neither. Its first table is that of <paramref name="candidates"/>.</param>
    public static RoutingSnapshot Build(
        long version, long revision, CellLocator locator, CandidateTable candidates, FleetIndex fleet, ReadOnlySpan<Eligibility> nodeStandings,
        ReadOnlySpan<bool> doubted, ReadOnlySpan<float> siteExtraMs, bool frozen, LiveLoad load, StreamTable streams, DispatchPolicy policy,
        ClassTables? classes = null)
    {
        var nodes = new NodeRoute[fleet.Nodes.Length];
        Array.Fill(nodes, new NodeRoute(StreamProtocols.None, NodeRoles.None, Eligibility.OutOfService, false));
        var sites = new SiteRoute[fleet.Sites.Length];
        var playingMs = new float[sites.Length];
        var siteSeeds = new uint[sites.Length];
        var siteNodes = new NodeSlot[fleet.Fleet.Nodes.Length];
        // The last site's are read in whole blocks too.
        var seeds = new uint[siteNodes.Length + LeastFloat.Block];
        var inverseWeights = new float[seeds.Length];
        var starts = new int[fleet.Sites.Length + 1];
        int filled = 0;
        for (int s = 0; s < sites.Length; s++)
        {
            starts[s] = filled;
            StreamProtocols playing = StreamProtocols.None, publishing = StreamProtocols.None;
            Eligibility best = Eligibility.OutOfService;
            if (fleet.Sites[s] is { } site)
            {
                siteSeeds[s] = Seed(site.Number);
                foreach (int n in site.Nodes)
                {
                    Node node = fleet.Nodes[n]!.Node;
                    seeds[filled] = Seed(fleet.Nodes[n]!.Number);
                    inverseWeights[filled] = (float)(1e9 / node.Capacity.BitsPerSecond);
                    nodes[n] = new NodeRoute(node.Protocols, node.Roles, nodeStandings[n], doubted[n]);
                    siteNodes[filled++] = new NodeSlot(n, nodes[n]);
                    bool eligible = nodeStandings[n] == Eligibility.Eligible || (frozen && nodeStandings[n] == Eligibility.Silent);
                    if (eligible && (node.Roles & NodeRoles.Edge) != 0) playing |= node.Protocols;
                    if (eligible && (node.Roles & NodeRoles.Ingest) != 0) publishing |= node.Protocols;
                    best = n == site.Nodes[0] || eligible ? nodeStandings[n] : best;
                }
            }
            sites[s] = new SiteRoute(siteExtraMs[s], playing, publishing, best);
            playingMs[s] = playing == StreamProtocols.None ? SiteRanking.Closed : siteExtraMs[s];
        }
        starts[^1] = filled;
        var snapshot = new RoutingSnapshot
        {
            Version = version,
            Revision = revision,
            Locator = locator,
            Fleet = fleet,
            Candidates = candidates,
            Load = load,
            Streams = streams,
            Policy = policy,
            Frozen = frozen,
            Sites = sites,
            PlayingMs = playingMs,
            SiteSeeds = siteSeeds,
            Nodes = nodes,
            SiteNodes = siteNodes,
            NodeSeeds = seeds,
            NodeInverseWeights = inverseWeights,
            SiteStart = starts,
        };
        return classes is null ? snapshot : WithClasses(snapshot, classes);
    }

    private static RoutingSnapshot WithClasses(RoutingSnapshot snapshot, ClassTables classes)
    {
        RoutingSnapshot first = snapshot with { Fences = classes.Tables[0].Fences, Classifier = classes.Classifier };
        return first with
        {
            Views = [.. classes.Tables.Skip(1).Select(table =>
                first with { Candidates = table.Candidates, Policy = table.Policy, Fences = table.Fences, Slot = table.Slot })],
        };
    }

    /// <summary>A node's or site's side of rendezvous hashing: from its permanent number, so that every replica and every restart agrees.</summary>
    private static uint Seed(int number)
    {
        uint h = (uint)number * 0x9E3779B1u;
        h = (h ^ (h >> 15)) * 0x85EBCA77u;
        return h ^ (h >> 13);
    }
}
