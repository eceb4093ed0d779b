using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.State.Planning;

/// <summary>Compiles who may serve whom into the network that plans are solved over.</summary>
/// <remarks>
/// One row a cell, in the order of the snapshot's cells, then one row a site that serves viewers: a site's own row carries the load there that no known session
/// explains, which no plan can move. Sites keep their indexes of the <see cref="FleetIndex"/>; an index without a site has no capacity.
/// </remarks>
internal static class PlanNetworkBuilder
{
    /// <summary>Builds the network. About 100 ns per pair of cell and site.</summary>
    /// <param name="snapshot">Cells, fleet and costs.</param>
    /// <param name="serving">Indexes of the sites with nodes for viewers, in the order of their own rows; at least one.</param>
    public static PlanNetwork Build(RoutingSnapshot snapshot, ReadOnlySpan<int> serving) =>
        Build(snapshot.Candidates.Cells.Length, snapshot.Fleet, snapshot.Policy.Cost, snapshot.Candidates.RttMs, snapshot.Fences, serving);

    /// <summary>Builds the network of a fleet that need not be in force.</summary>
    /// <param name="cells">Number of cells.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="cost">The cost that load does not change.</param>
    /// <param name="rttMs">Round-trip time from a cell to a site, by their indexes, ms.</param>
    /// <param name="fences">Which sites may serve which cells.</param>
    /// <param name="serving">As above.</param>
    public static PlanNetwork Build(int cells, FleetIndex fleet, SiteCost cost, Func<int, int, float> rttMs, SiteFences fences, ReadOnlySpan<int> serving)
    {
        int width = Math.Min(PlanRules.Candidates, serving.Length);
        var starts = new int[cells + serving.Length + 1];
        var sites = new int[(cells * width) + serving.Length];
        var costs = new double[sites.Length];
        int filled = 0;
        int[] domains = Domains(fleet, serving);
        var order = new int[serving.Length];
        var all = new double[serving.Length];
        for (int cell = 0; cell < cells; cell++)
        {
            // Where fences leave nothing, nobody is served and DemandEstimate counts no demand; but no row may be empty.
            bool barred = fences.LeaveNothing(cell, NodeRoles.Edge, StreamProtocols.None);
            int open = 0;
            for (int i = 0; i < serving.Length; i++)
            {
                if (!barred && !fences.Allow(cell, serving[i])) continue;
                double price = cost.LinearPrice(fleet.Sites[serving[i]]!.Tariff);
                (order[open], all[open]) = (i, cost.Of(rttMs(cell, serving[i]), price));
                open++;
            }
            all.AsSpan(0, open).Sort(order.AsSpan(0, open));
            int row = Math.Min(width, open);
            Diversify(order.AsSpan(0, open), all, row, domains);
            for (int k = 0; k < row; k++) (sites[filled + k], costs[filled + k]) = (serving[order[k]], all[k]);
            starts[cell + 1] = filled += row;
        }
        for (int i = 0; i < serving.Length; i++)
        {
            sites[filled++] = serving[i];
            starts[cells + i + 1] = filled;
        }
        return new PlanNetwork(fleet.Sites.Length, starts, sites.AsSpan(0, filled), costs.AsSpan(0, filled));
    }

    /// <summary>What fails together, as one number for each site: the IDC that feeds it first; an IDC by itself.</summary>
    private static int[] Domains(FleetIndex fleet, ReadOnlySpan<int> serving)
    {
        var numbers = new Dictionary<string, int>();
        var domains = new int[serving.Length];
        for (int i = 0; i < serving.Length; i++)
        {
            Site site = fleet.Sites[serving[i]]!.Site;
            string domain = site.Upstreams.IsDefaultOrEmpty ? site.Id : site.Upstreams[0];
            if (!numbers.TryGetValue(domain, out domains[i])) numbers[domain] = domains[i] = numbers.Count;
        }
        return domains;
    }

    /// <summary>
    /// Where nearly all of a row hangs on one upstream, its last candidates make room for the cheapest that do not: should that upstream fail, the plan has
    /// somewhere to go.
    /// </summary>
    private static void Diversify(Span<int> order, double[] costs, int width, int[] domains)
    {
        int most = Commonest(order[..width], domains);
        int others = 0;
        for (int k = 0; k < width; k++)
            if (domains[order[k]] != most) others++;
        int next = width;
        for (int k = width - 1; k >= 0 && others < Math.Min(PlanRules.Diverse, width); k--)
        {
            if (domains[order[k]] != most) continue;
            while (next < order.Length && domains[order[next]] == most) next++;
            if (next == order.Length) return;
            (order[k], costs[k], others) = (order[next], costs[next], others + 1);
            next++;
        }
    }

    private static int Commonest(ReadOnlySpan<int> row, int[] domains)
    {
        int most = domains[row[0]];
        int best = 0;
        foreach (int candidate in row)
        {
            int count = 0;
            foreach (int other in row)
                if (domains[other] == domains[candidate]) count++;
            if (count > best) (most, best) = (domains[candidate], count);
        }
        return most;
    }
}
