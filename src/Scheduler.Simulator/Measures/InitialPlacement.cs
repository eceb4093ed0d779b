using Scheduler.Core.Planning;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Measures;

/// <summary>Deals out the viewers of the beginning as a plan shares its traffic, and inside a site to the node that is least utilised.</summary>
internal sealed class InitialPlacement(World world, NodeFarm farm, Plan plan)
{
    /// <summary>Share of a node that is filled at most: the product would admit no more either.</summary>
    private const double Full = 0.99;

    private readonly Dictionary<int, double[]> _owed = [];
    private readonly long[] _given = new long[world.Fleet.Nodes.Length];

    /// <summary>The node of the next viewer of a cell.</summary>
    public int NextNode(int cell)
    {
        // Each call owes every site its share; the site that is owed most is next. So any number of viewers is shared as evenly as whole ones can be.
        ReadOnlySpan<double> traffic = plan.TrafficOf(cell);
        ReadOnlySpan<int> sites = plan.Problem.Network.SitesOf(cell);
        double sum = 0;
        foreach (double mbps in traffic) sum += mbps;
        if (!_owed.TryGetValue(cell, out double[]? owed)) _owed[cell] = owed = new double[traffic.Length];
        for (int i = 0; i < owed.Length; i++) owed[i] += sum > 0 ? traffic[i] / sum : i == 0 ? 1 : 0;
        int best = 0;
        for (int i = 1; i < owed.Length; i++)
            if (owed[i] > owed[best]) best = i;
        // Whole viewers are coarser than a plan: where the next one does not fit, the nearest site takes him that has room.
        int? fitting = HasRoom(sites[best]) ? best : null;
        for (int i = 0; fitting is null && i < sites.Length; i++)
            if (HasRoom(sites[i])) fitting = i;
        owed[fitting ?? best]--;
        return LeastUtilised(sites[fitting ?? best]);
    }

    private bool HasRoom(int site)
    {
        if (world.NodesOfSite[site].GetOffsetAndLength(_given.Length).Length == 0) return false;
        int node = LeastUtilised(site, take: false);
        return (_given[node] + 1) * world.Scenario.SessionKbps <= Full * farm.Nodes[node].CapacityKbps;
    }

    private int LeastUtilised(int site, bool take = true)
    {
        (int offset, int length) = world.NodesOfSite[site].GetOffsetAndLength(_given.Length);
        int best = offset;
        for (int node = offset + 1; node < offset + length; node++)
            if ((_given[node] + 1) * farm.Nodes[best].CapacityKbps < (_given[best] + 1) * farm.Nodes[node].CapacityKbps) best = node;
        if (take) _given[best]++;
        return best;
    }
}
