using Scheduler.Core.Planning;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Measures;

/// <summary>Deals out the viewers of the beginning as a plan shares its traffic, and inside a site to the node that is least utilised.</summary>
internal sealed class InitialPlacement(World world, NodeFarm farm, Plan plan)
{
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
        int best = 0;
        for (int i = 0; i < owed.Length; i++)
        {
            owed[i] += sum > 0 ? traffic[i] / sum : i == 0 ? 1 : 0;
            if (owed[i] > owed[best]) best = i;
        }
        owed[best]--;
        return LeastUtilised(sites[best]);
    }

    private int LeastUtilised(int site)
    {
        (int offset, int length) = world.NodesOfSite[site].GetOffsetAndLength(_given.Length);
        int best = offset;
        for (int node = offset + 1; node < offset + length; node++)
            if (_given[node] * farm.Nodes[best].CapacityKbps < _given[best] * farm.Nodes[node].CapacityKbps) best = node;
        _given[best]++;
        return best;
    }
}
