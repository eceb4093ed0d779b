namespace Scheduler.Core.Planning;

/// <summary>
/// What no plan can undercut, from any prices whatever: <c>LB(pi) = sum d_c min_p (a_cp + pi_p) - sum G_p*(pi_p)</c>. Lagrangian duality: every
/// set of prices gives a bound, and the prices of an optimal plan give its cost.
/// </summary>
public static class DualBound
{
    /// <summary>The bound for plans that keep to the candidates of the network.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="prices">Price of each site, ms-equivalents; those of closed sites are not looked at.</param>
    /// <returns>ms-equivalents times Mbit/s, less what rounding may have added.</returns>
    /// <exception cref="ArgumentException">There is not one price a site.</exception>
    public static double Of(PlanProblem problem, ReadOnlySpan<double> prices)
    {
        BoundSum bound = Begin(problem, prices);
        PlanNetwork network = problem.Network;
        for (int cell = 0; cell < network.CellCount; cell++)
        {
            ReadOnlySpan<double> costs = network.CostsOf(cell);
            ReadOnlySpan<int> sites = network.SitesOf(cell);
            double least = double.PositiveInfinity;
            for (int i = 0; i < costs.Length; i++)
                if (problem.Curves[sites[i]].IsOpen) least = Math.Min(least, costs[i] + prices[sites[i]]);
            bound.AddCell(problem.DemandMbps[cell], double.IsPositiveInfinity(least) ? costs[0] + problem.OverflowPrice : least);
        }
        return bound.Value;
    }

    /// <summary>The bound for whoever may send any cell to any open site, candidates or not: what a simulated policy is measured against.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="prices">Price of each site, ms-equivalents; those of closed sites are not looked at.</param>
    /// <param name="costs">a of every pair, ms-equivalents: one row a cell, one column a site.</param>
    /// <returns>ms-equivalents times Mbit/s, less what rounding may have added.</returns>
    /// <exception cref="ArgumentException">There is not one price a site, or not one cost a pair.</exception>
    public static double OverAllSites(PlanProblem problem, ReadOnlySpan<double> prices, ReadOnlySpan<double> costs)
    {
        BoundSum bound = Begin(problem, prices);
        int sites = prices.Length;
        if (costs.Length != (long)problem.Network.CellCount * sites) throw new ArgumentException("there is one cost for each pair of cell and site", nameof(costs));
        for (int cell = 0; cell < problem.Network.CellCount; cell++)
        {
            ReadOnlySpan<double> row = costs.Slice(cell * sites, sites);
            double least = double.PositiveInfinity, leastClosed = double.PositiveInfinity;
            for (int site = 0; site < row.Length; site++)
            {
                if (problem.Curves[site].IsOpen) least = Math.Min(least, row[site] + prices[site]);
                else leastClosed = Math.Min(leastClosed, row[site]);
            }
            bound.AddCell(problem.DemandMbps[cell], double.IsPositiveInfinity(least) ? leastClosed + problem.OverflowPrice : least);
        }
        return bound.Value;
    }

    private static BoundSum Begin(PlanProblem problem, ReadOnlySpan<double> prices)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (prices.Length != problem.Network.SiteCount) throw new ArgumentException($"{prices.Length} prices for {problem.Network.SiteCount} sites", nameof(prices));
        BoundSum bound = default;
        for (int site = 0; site < prices.Length; site++)
            if (problem.Curves[site].IsOpen) bound.AddSite(problem.Curves[site].Conjugate(prices[site]), prices[site], problem.TotalDemandMbps);
        return bound;
    }
}
