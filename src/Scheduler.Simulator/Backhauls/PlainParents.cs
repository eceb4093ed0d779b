using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Backhauls;

/// <summary>
/// What the product is compared with: a PoP pulls from its nearest upstream that may be named, or from its first whatever becomes of it, and that pulls from the
/// home. Inside an IDC children of a stream meet at one node, as the product has it. Publishers, homes and drains are the product's.
/// </summary>
/// <param name="product">Does all but naming parents.</param>
/// <param name="replica">Tells who may be named.</param>
/// <param name="table">The ways there are.</param>
/// <param name="nearest">True for the nearest that may be named; false for the first.</param>
internal sealed class PlainParents(ProductParents product, Replica replica, UpstreamTable table, bool nearest) : IParents
{
    /// <inheritdoc/>
    public StreamHomes Homes => product.Homes;

    /// <inheritdoc/>
    public void Tick(long nowMs) => product.Tick(nowMs);

    /// <inheritdoc/>
    public void Hear(in PullReport report) => product.Hear(in report);

    /// <inheritdoc/>
    public void LinkChanged(int way, bool closed) => product.LinkChanged(way, closed);

    /// <inheritdoc/>
    public void Obey(ImmutableArray<Drain> drains, Func<int, IReadOnlyCollection<PulledStream>> pulled) => product.Obey(drains, pulled);

    /// <inheritdoc/>
    public int Ask(ulong stream, int node, int? current, double aheadS, Span<UpstreamParent> parents)
    {
        if (!Homes.TryFind(stream, out StreamHome home)) return 0;
        FleetIndex fleet = replica.Snapshot.Fleet;
        int site = fleet.SiteOf(node), homeSite = fleet.SiteOf(home.Node);
        if (table.IsIdc(site))
        {
            int relay = NodeOf(fleet.Sites[site]!, stream);
            if (site == homeSite) parents[0] = new UpstreamParent(home.Node, homeSite, null, 0, 0, false, true);
            else if (relay != node) parents[0] = new UpstreamParent(relay, site, null, 0, 0, true, false);
            else if (table.TryFindWay(site, homeSite, out int way)) parents[0] = new UpstreamParent(home.Node, homeSite, way, 0, table.Way(way).RttMs, false, true);
            else return 0;
            return 1;
        }
        (int first, int ways) = table.WaysTo(site);
        int count = 0;
        foreach (int way in Enumerable.Range(first, ways).OrderBy(way => nearest ? table.Way(way).RttMs : way))
        {
            int idc = table.Way(way).From;
            if (nearest && replica.Snapshot.Site(idc).Eligibility != Eligibility.Eligible) continue;
            parents[count++] = new UpstreamParent(
                idc == homeSite ? home.Node : NodeOf(fleet.Sites[idc]!, stream), idc, way, 0, table.Way(way).RttMs, idc != homeSite, false);
            if (!nearest || count == parents.Length) break;
        }
        return count;
    }

    /// <inheritdoc/>
    public void Began(ulong stream, int node, in UpstreamParent parent, bool reported)
    {
    }

    /// <inheritdoc/>
    public void Kept(ulong stream, int node, int parent)
    {
    }

    /// <inheritdoc/>
    public int? Publish(ulong stream, int cell, int? current) => product.Publish(stream, cell, current);

    /// <inheritdoc/>
    public bool MustLeave(ulong stream, int site, double aheadS) => product.MustLeave(stream, site, aheadS);

    /// <inheritdoc/>
    public bool IsLeft(int site) => product.IsLeft(site);

    private int NodeOf(IndexedSite idc, ulong stream)
    {
        int[] nodes = [.. idc.Nodes.Where(n => replica.Snapshot.Node(n).Eligibility == Eligibility.Eligible)];
        if (nodes.Length == 0) nodes = [.. idc.Nodes];
        return nodes.MinBy(n => Chance.Mix(stream ^ Chance.Mix((ulong)n)));
    }
}
