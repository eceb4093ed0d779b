using System.Collections.Immutable;

namespace Scheduler.Core.Planning;

/// <summary>
/// Judges plans by the definition of the problem alone. Shares no formula with the solver: it knows <c>m(u)</c> and integrates it itself, and finds
/// conjugates by bisection. Slow, and meant to be.
/// </summary>
public static class PlanChecker
{
    /// <summary>Share of a cell's demand by which the sum of its traffic may be off: rounding.</summary>
    public const double SumTolerance = 1e-9;

    /// <summary>Every cell whose traffic is negative, no number, at a closed site without need, or no sum of its demand.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="trafficMbps">Traffic of each candidate in the order of the network, Mbit/s.</param>
    /// <exception cref="ArgumentException">There is not one number a candidate.</exception>
    public static ImmutableArray<PlanFault> FaultsOf(PlanProblem problem, ReadOnlySpan<double> trafficMbps)
    {
        Demand(problem, trafficMbps.Length, problem?.Network.CandidateCount ?? 0);
        var faults = ImmutableArray.CreateBuilder<PlanFault>();
        PlanNetwork network = problem!.Network;
        for (int cell = 0; cell < network.CellCount; cell++)
        {
            double sum = 0, closed = 0;
            bool anyOpen = false, anyBad = false;
            for (int k = network.RowStarts[cell]; k < network.RowStarts[cell + 1]; k++)
            {
                bool open = problem.Terms[network.Sites[k]].CapacityMbps > 0;
                anyOpen |= open;
                anyBad |= !(trafficMbps[k] >= 0);
                sum += trafficMbps[k];
                if (!open) closed += trafficMbps[k];
            }
            double demand = problem.DemandMbps[cell];
            if (anyBad) faults.Add(new PlanFault(cell, "traffic is below 0 or no number"));
            else if (!(Math.Abs(sum - demand) <= SumTolerance * demand)) faults.Add(new PlanFault(cell, FormattableString.Invariant($"{sum} Mbit/s for a demand of {demand}")));
            if (anyOpen && closed > 0) faults.Add(new PlanFault(cell, FormattableString.Invariant($"{closed} Mbit/s at sites without capacity")));
        }
        return faults.ToImmutable();
    }

    /// <summary>The objective of a plan, ms-equivalents times Mbit/s.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="trafficMbps">Traffic of each candidate in the order of the network, Mbit/s.</param>
    /// <exception cref="ArgumentException">There is not one number a candidate.</exception>
    public static double CostOf(PlanProblem problem, ReadOnlySpan<double> trafficMbps)
    {
        Demand(problem, trafficMbps.Length, problem?.Network.CandidateCount ?? 0);
        PlanNetwork network = problem!.Network;
        var loads = new double[network.SiteCount];
        double cost = 0;
        for (int k = 0; k < trafficMbps.Length; k++)
        {
            cost += trafficMbps[k] * network.Costs[k];
            loads[network.Sites[k]] += trafficMbps[k];
        }
        for (int site = 0; site < loads.Length; site++) cost += SiteCost(problem, site, loads[site]);
        return cost;
    }

    /// <summary>The dual bound of a set of prices, ms-equivalents times Mbit/s; nothing taken off for rounding.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="prices">Price of each site, ms-equivalents; those of sites without capacity are not looked at.</param>
    /// <exception cref="ArgumentException">There is not one price a site.</exception>
    public static double BoundOf(PlanProblem problem, ReadOnlySpan<double> prices)
    {
        Demand(problem, prices.Length, problem?.Network.SiteCount ?? 0);
        PlanNetwork network = problem!.Network;
        double bound = 0;
        for (int cell = 0; cell < network.CellCount; cell++)
        {
            double least = double.PositiveInfinity, stranded = double.PositiveInfinity;
            for (int k = network.RowStarts[cell]; k < network.RowStarts[cell + 1]; k++)
            {
                int site = network.Sites[k];
                if (problem.Terms[site].CapacityMbps > 0) least = Math.Min(least, network.Costs[k] + prices[site]);
                else stranded = Math.Min(stranded, network.Costs[k] + problem.OverflowPrice);
            }
            double demand = problem.DemandMbps[cell];
            if (demand > 0) bound += demand * (double.IsPositiveInfinity(least) ? stranded : least);
        }
        for (int site = 0; site < prices.Length; site++)
            if (problem.Terms[site].CapacityMbps > 0) bound -= Earnings(problem, site, prices[site]);
        return bound;
    }

    /// <summary>The most that a site earns at a price over any load up to all traffic there is.</summary>
    private static double Earnings(PlanProblem problem, int site, double price)
    {
        double low = 0, high = problem.TotalDemandMbps;
        for (int halving = 0; halving < 200; halving++)
        {
            double middle = low + ((high - low) / 2);
            if (Marginal(problem, site, middle) < price) low = middle;
            else high = middle;
        }
        return Math.Max(0, (price * low) - SiteCost(problem, site, low));
    }

    private static double Marginal(PlanProblem problem, int site, double load)
    {
        SiteTerms terms = problem.Terms[site];
        double price = terms.Surcharge + terms.Penalty.Marginal(load / terms.CapacityMbps);
        if (load > terms.CapacityMbps) price += problem.OverflowPrice;
        if (terms.Commit is { } commit) price += commit.Price * Math.Clamp((load - commit.CommitMbps) / (CommitTerm.RampRatio * terms.CapacityMbps), 0, 1);
        return price;
    }

    /// <summary>The integral of the marginal from kink to kink by Milne's open rule, which is exact there, as the marginal is at most quadratic.</summary>
    private static double SiteCost(PlanProblem problem, int site, double load)
    {
        SiteTerms terms = problem.Terms[site];
        double capacity = terms.CapacityMbps;
        if (capacity == 0) return problem.OverflowPrice * load;
        double ramp = terms.Commit?.CommitMbps ?? 0;
        double[] kinks = [0, terms.Penalty.Knee * capacity, capacity, ramp, ramp + (CommitTerm.RampRatio * capacity), load];
        Array.Sort(kinks);
        double cost = 0;
        for (int i = 1; i < kinks.Length; i++)
        {
            double from = kinks[i - 1], to = Math.Min(kinks[i], load);
            if (to <= from) continue;
            double quarter = (to - from) / 4, middle = from + (2 * quarter);
            // Inner points only: the marginal leaps at capacity, and an end of the interval would fall on the wrong side.
            cost += (to - from) / 3 * ((2 * Marginal(problem, site, from + quarter)) - Marginal(problem, site, middle) + (2 * Marginal(problem, site, to - quarter)));
        }
        return cost;
    }

    private static void Demand(PlanProblem? problem, int length, int expected)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (length != expected) throw new ArgumentException($"{length} numbers for {expected}");
    }
}
