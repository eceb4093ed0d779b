using Scheduler.Core.Cost;

namespace Scheduler.Core.Planning;

/// <summary>
/// One planning problem: how much each cell asks for, over a network, and what load costs at each site. Immutable and cheap to make (a few
/// microseconds), so that a new one per second over the same <see cref="PlanNetwork"/> is the way to re-plan.
/// </summary>
/// <remarks>
/// <code>
/// min  sum x_cp a_cp + sum G_p(L_p)    with  sum_p x_cp = d_c,  x ≥ 0,  L_p ≤ C_p
/// G_p(L) = surcharge L + C Phi(L / C) + B(L)
/// </code>
/// Capacity is an exact penalty: each Mbit/s over it costs <see cref="OverflowPrice"/> more, which is dearer than any way around it, so a
/// plan exceeds a capacity only where no plan within all capacities exists. Traffic of a cell whose sites are all closed costs its least a plus that price.
/// </remarks>
public sealed class PlanProblem
{
    private readonly double[] _demandMbps;
    private readonly SiteTerms[] _terms;
    private readonly SiteCurve[] _curves;

    /// <summary>A problem in which all sites have the same penalty and no further terms.</summary>
    /// <param name="network">Who may serve whom.</param>
    /// <param name="demandMbps">Demand of each cell, Mbit/s; at least 0.</param>
    /// <param name="capacityMbps">Capacity of each site, Mbit/s; at least 0.</param>
    /// <param name="penalty">Price of load by utilisation.</param>
    /// <exception cref="ArgumentException">Lengths disagree with the network, or a number is out of range.</exception>
    public PlanProblem(PlanNetwork network, ReadOnlySpan<double> demandMbps, ReadOnlySpan<double> capacityMbps, LoadPenalty penalty)
        : this(network, demandMbps, Uniform(capacityMbps, penalty))
    {
    }

    /// <summary>A problem with its own terms for each site.</summary>
    /// <param name="network">Who may serve whom.</param>
    /// <param name="demandMbps">Demand of each cell, Mbit/s; at least 0.</param>
    /// <param name="terms">What load costs at each site.</param>
    /// <exception cref="ArgumentException">Lengths disagree with the network, or a number is out of range.</exception>
    public PlanProblem(PlanNetwork network, ReadOnlySpan<double> demandMbps, ReadOnlySpan<SiteTerms> terms)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (demandMbps.Length != network.CellCount) throw new ArgumentException($"{demandMbps.Length} demands for {network.CellCount} cells", nameof(demandMbps));
        if (terms.Length != network.SiteCount) throw new ArgumentException($"{terms.Length} terms for {network.SiteCount} sites", nameof(terms));
        (Network, _demandMbps, _terms) = (network, demandMbps.ToArray(), terms.ToArray());
        foreach (double demand in _demandMbps)
        {
            if (!(demand >= 0) || !double.IsFinite(demand)) throw new ArgumentException("a demand is a finite number of at least 0 Mbit/s", nameof(demandMbps));
            TotalDemandMbps += demand;
        }
        OverflowPrice = 10 * (1_000 + Spread(network.Costs));
        _curves = new SiteCurve[_terms.Length];
        for (int site = 0; site < _terms.Length; site++)
        {
            Check(in _terms[site]);
            _curves[site] = new SiteCurve(in _terms[site], OverflowPrice);
        }
    }

    /// <summary>Who may serve whom.</summary>
    public PlanNetwork Network { get; }

    /// <summary>Demand of each cell, Mbit/s.</summary>
    public ReadOnlySpan<double> DemandMbps => _demandMbps;

    /// <summary>What load costs at each site.</summary>
    public ReadOnlySpan<SiteTerms> Terms => _terms;

    /// <summary>Demand of all cells, Mbit/s.</summary>
    public double TotalDemandMbps { get; }

    /// <summary>What each Mbit/s over a capacity costs beside the penalty, ms-equivalents: ten times the spread of the costs a, and at least 10,000.</summary>
    public double OverflowPrice { get; }

    internal ReadOnlySpan<SiteCurve> Curves => _curves;

    private static SiteTerms[] Uniform(ReadOnlySpan<double> capacityMbps, LoadPenalty penalty)
    {
        var terms = new SiteTerms[capacityMbps.Length];
        for (int site = 0; site < terms.Length; site++) terms[site] = new SiteTerms(capacityMbps[site], penalty);
        return terms;
    }

    private static void Check(in SiteTerms terms)
    {
        LoadPenalty penalty = terms.Penalty;
        bool good = terms.CapacityMbps >= 0 && double.IsFinite(terms.CapacityMbps) && double.IsFinite(terms.Surcharge);
        good &= penalty.Linear >= 0 && penalty.Knee is >= 0 and < 1 && penalty.KneeCost >= 0 && penalty.OverCost >= 0;
        good &= double.IsFinite(penalty.Linear + penalty.KneeCost + penalty.OverCost);
        if (terms.Commit is { } commit) good &= commit.CommitMbps >= 0 && commit.Price >= 0 && double.IsFinite(commit.CommitMbps + commit.Price);
        if (!good) throw new ArgumentException($"out of range: {terms}", nameof(terms));
    }

    private static double Spread(ReadOnlySpan<double> costs)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double cost in costs)
        {
            least = Math.Min(least, cost);
            most = Math.Max(most, cost);
        }
        return costs.IsEmpty ? 0 : most - least;
    }
}
