using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.State.Planning;

/// <summary>Compiles who may serve whom into the network that plans are solved over.</summary>
/// <remarks>
/// The rows are those of <see cref="PlanRows"/>. A site's own row carries the load there that no known session explains, which no plan can move. Sites
/// keep their indexes of the <see cref="FleetIndex"/>; an index without a site has no capacity.
/// </remarks>
internal static class PlanNetworkBuilder
{
    /// <summary>Builds the network. About 100 ns per pair of cell's row and site.</summary>
    /// <param name="rows">The rows, with the costs and fences of their classes; at least one site serves.</param>
    /// <param name="fleet">The fleet; it need not be in force.</param>
    /// <param name="rttMs">Round-trip time from a cell to a site, by their indexes, ms.</param>
    public static PlanNetwork Build(PlanRows rows, FleetIndex fleet, Func<int, int, float> rttMs)
    {
        ReadOnlySpan<int> serving = rows.Serving.AsSpan();
        int width = Math.Min(PlanRules.Candidates, serving.Length);
        var starts = new int[rows.Count + 1];
        var sites = new int[(rows.CellRows * width) + serving.Length];
        var costs = new double[sites.Length];
        int filled = 0;
        int[] domains = Domains(fleet, serving);
        var order = new int[serving.Length];
        var all = new double[serving.Length];
        for (int row = 0; row < rows.CellRows; row++)
        {
            (SiteCost cost, SiteFences fences, int cell) = (rows.ClassOf(row).Cost, rows.ClassOf(row).Fences, rows.CellOf(row));
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
            int kept = Math.Min(width, open);
            Diversify(order.AsSpan(0, open), all, kept, domains);
            for (int k = 0; k < kept; k++) (sites[filled + k], costs[filled + k]) = (serving[order[k]], all[k]);
            starts[row + 1] = filled += kept;
        }
        for (int i = 0; i < serving.Length; i++)
        {
            sites[filled++] = serving[i];
            starts[rows.CellRows + i + 1] = filled;
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
