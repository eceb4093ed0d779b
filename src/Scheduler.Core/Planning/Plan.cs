using System.Collections.Immutable;

namespace Scheduler.Core.Planning;

/// <summary>How the demand of each cell is shared among its candidates, with its loads, prices and certificate. Immutable.</summary>
public sealed class Plan
{
    private readonly double[] _trafficMbps;
    private readonly double[] _loadsMbps;
    private readonly double[] _prices;

    internal Plan(PlanProblem problem, PlanCertificate certificate, ReadOnlySpan<double> trafficMbps, ReadOnlySpan<double> loadsMbps, ReadOnlySpan<double> prices)
    {
        (Problem, Certificate) = (problem, certificate);
        (_trafficMbps, _loadsMbps, _prices) = (trafficMbps.ToArray(), loadsMbps.ToArray(), prices.ToArray());
    }

    /// <summary>What was solved.</summary>
    public PlanProblem Problem { get; }

    /// <summary>Cost, lower bound, what does not fit.</summary>
    public PlanCertificate Certificate { get; }

    /// <summary>x: traffic of each candidate in the order of the network, Mbit/s; at least 0.</summary>
    public ReadOnlySpan<double> TrafficMbps => _trafficMbps;

    /// <summary>Load of each site, Mbit/s.</summary>
    public ReadOnlySpan<double> LoadsMbps => _loadsMbps;

    /// <summary>Marginal cost of one more Mbit/s at each site, what a full one's capacity itself is worth included, ms-equivalents; positive infinity for a site of no capacity.</summary>
    public ReadOnlySpan<double> Prices => _prices;

    /// <summary>Traffic of a cell's candidates, in the order of <see cref="PlanNetwork.SitesOf"/>, Mbit/s.</summary>
    /// <param name="cell">Index of the cell.</param>
    public ReadOnlySpan<double> TrafficOf(int cell)
    {
        ReadOnlySpan<int> starts = Problem.Network.RowStarts;
        return _trafficMbps.AsSpan(starts[cell]..starts[cell + 1]);
    }

    /// <summary>Load over capacity; null for a site of no capacity.</summary>
    /// <param name="site">Index of the site.</param>
    public double? UtilisationOf(int site) => Problem.Terms[site].CapacityMbps is > 0 and var capacity ? _loadsMbps[site] / capacity : null;

    /// <summary>Every site with more load than it may carry, the worst first.</summary>
    public ImmutableArray<SiteOverload> Overloads()
    {
        var overloads = ImmutableArray.CreateBuilder<SiteOverload>();
        for (int site = 0; site < _loadsMbps.Length; site++)
        {
            double capacity = Problem.Terms[site].CapacityMbps, over = _loadsMbps[site] - capacity;
            if (over > capacity * PlanCertificate.CapacityTolerance) overloads.Add(new SiteOverload(site, over));
        }
        overloads.Sort(static (left, right) => right.OverMbps.CompareTo(left.OverMbps));
        return overloads.ToImmutable();
    }
}
