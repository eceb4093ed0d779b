using System.Collections.Immutable;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Drains;

/// <summary>
/// Tells what a drain does before it is done: the plan solved anew with the target's capacity gone, beside the plan without the drain, and the exact answer
/// whether what is left can carry it. Start it with a moment, then ask for as many targets as you like. Not for two threads at once; once made, a preview
/// allocates what it answers with and the terms of its problem, nothing by candidate.
/// </summary>
/// <remarks>
/// Rows from the number of cells on carry the load of one site that stays where it is, with that site as their only candidate: what no known session explains,
/// or all that is there, when the question is what comes on top of it. A drain moves it too: it joins the cells that the site serves, by what each has there, or
/// where it serves none the cell that has it cheapest.
/// </remarks>
public sealed class DrainPreviewer
{
    /// <summary>Share of its capacity that a site must gain to be told as a receiver: less is what the solver leaves.</summary>
    public const double LeastGain = 0.001;

    private const double Gap = 0.001;
    private const int MostSweeps = 200;
    private readonly PlanNetwork _network;
    private readonly int _cells;
    private readonly float[] _rttMs;
    private readonly PathEquilibration _solver;
    private readonly DrainFeasibility _feasibility;
    private readonly double[] _traffic; // of the moment, without any drain
    private readonly double[] _served; // by which sites' own rows join cells
    private readonly double[] _loads;
    private readonly double[] _capacity;
    private readonly double[] _demand;
    private readonly SiteTerms[] _terms;
    private readonly RttDistribution _before;
    private readonly RttDistribution _after;
    private PlanProblem? _problem;
    private PlanCertificate _certificate;
    private double _shortMbps;
    private double _releasedRtt; // round-trip time times traffic of what joined cells, before it had to move

    /// <summary>Makes the workspace, about 70 bytes a candidate.</summary>
    /// <param name="network">The network of every moment.</param>
    /// <param name="cells">Rows that are cells; the others are sites' own.</param>
    /// <param name="rttMs">Round-trip time of each candidate of the cells, in the order of the network, ms.</param>
    /// <exception cref="ArgumentException">There is not one round-trip time a candidate of the cells.</exception>
    public DrainPreviewer(PlanNetwork network, int cells, ReadOnlySpan<float> rttMs)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (rttMs.Length != network.RowStarts[cells]) throw new ArgumentException("one round-trip time a candidate of the cells", nameof(rttMs));
        (_network, _cells, _rttMs) = (network, cells, rttMs.ToArray());
        (_solver, _feasibility) = (new PathEquilibration(network), new DrainFeasibility(network));
        (_traffic, _served) = (new double[network.CandidateCount], new double[network.CandidateCount]);
        _demand = new double[network.CellCount];
        (_loads, _capacity, _terms) = (new double[network.SiteCount], new double[network.SiteCount], new SiteTerms[network.SiteCount]);
        (_before, _after) = (new RttDistribution(rttMs.Length), new RttDistribution(rttMs.Length));
    }

    /// <summary>Traffic of each candidate with the drain that was previewed last, Mbit/s; changes with the next call.</summary>
    public ReadOnlySpan<double> TrafficMbps => _solver.TrafficMbps;

    /// <summary>Load of each site with the drain that was previewed last, Mbit/s; changes with the next call.</summary>
    public ReadOnlySpan<double> LoadsMbps => _solver.LoadsMbps;

    /// <summary>Load of each site without any drain, Mbit/s.</summary>
    public ReadOnlySpan<double> LoadsBeforeMbps => _loads;

    /// <summary>Traffic of each candidate without any drain, Mbit/s.</summary>
    public ReadOnlySpan<double> TrafficBeforeMbps => _traffic;

    /// <summary>Demand that cannot be carried even without a drain, Mbit/s.</summary>
    public double ShortBeforeMbps => _shortMbps;

    private PlanProblem Problem => _problem ?? throw new InvalidOperationException("no moment was started");

    /// <summary>Takes the moment that drains are previewed for, and solves it without a drain.</summary>
    /// <param name="problem">Demand and capacities of the moment.</param>
    /// <param name="trafficMbps">Where to start: traffic of each candidate, such as a plan's, Mbit/s.</param>
    /// <exception cref="ArgumentException">The problem is over another network, or there is not one traffic a candidate.</exception>
    public void Start(PlanProblem problem, ReadOnlySpan<double> trafficMbps)
    {
        Begin(problem, trafficMbps);
        _traffic.CopyTo(_served, 0);
    }

    /// <summary>As <see cref="Start(PlanProblem, ReadOnlySpan{double})"/>, where another plan tells which cells a site serves.</summary>
    /// <param name="problem">Demand and capacities of the moment.</param>
    /// <param name="trafficMbps">Where to start: traffic of each candidate, Mbit/s.</param>
    /// <param name="servedMbps">Traffic of each candidate by the plan that tells, Mbit/s.</param>
    /// <exception cref="ArgumentException">The problem is over another network, or there is not one traffic a candidate.</exception>
    public void Start(PlanProblem problem, ReadOnlySpan<double> trafficMbps, ReadOnlySpan<double> servedMbps)
    {
        if (servedMbps.Length != _served.Length) throw new ArgumentException("one traffic a candidate", nameof(servedMbps));
        Begin(problem, trafficMbps);
        servedMbps.CopyTo(_served);
    }

    /// <summary>
    /// As <see cref="Start(PlanProblem, ReadOnlySpan{double})"/>, but solves nothing, for whoever asks only what fits: <see cref="FeasibilityAt"/>. Some ten times faster.
    /// </summary>
    /// <param name="problem">Demand and capacities of the moment.</param>
    /// <param name="trafficMbps">Where to start: traffic of each candidate, such as a plan's, Mbit/s.</param>
    /// <exception cref="ArgumentException">The problem is over another network, or there is not one traffic a candidate.</exception>
    public void StartUnsolved(PlanProblem problem, ReadOnlySpan<double> trafficMbps)
    {
        Begin(problem, trafficMbps, mostSweeps: 0);
        _traffic.CopyTo(_served, 0);
    }

    private void Begin(PlanProblem problem, ReadOnlySpan<double> trafficMbps, int mostSweeps = MostSweeps)
    {
        _solver.Restart(problem, trafficMbps);
        _problem = problem;
        _certificate = _solver.Solve(Gap, mostSweeps);
        _solver.TrafficMbps.CopyTo(_traffic);
        _solver.LoadsMbps.CopyTo(_loads);
        for (int site = 0; site < _capacity.Length; site++) _capacity[site] = problem.Terms[site].CapacityMbps;
        _shortMbps = Judge(problem.DemandMbps, _capacity).ShortMbps;
        _before.Read(_rttMs, _traffic);
    }

    /// <summary>Previews a drain.</summary>
    /// <param name="capacityMbps">What each site may carry while the drain holds, Mbit/s: 0 for a site that is drained whole, less for one of which nodes are.</param>
    /// <exception cref="InvalidOperationException">No moment was started.</exception>
    /// <exception cref="ArgumentException">There is not one capacity a site.</exception>
    public DrainPreview Preview(ReadOnlySpan<double> capacityMbps)
    {
        PlanProblem before = Problem;
        Take(capacityMbps);
        _solver.Restart(new PlanProblem(_network, _demand, _terms), _traffic);
        PlanCertificate certificate = _solver.Solve(Gap, MostSweeps);
        Feasibility after = Judge(_demand, _capacity);
        double moved = 0;
        for (int site = 0; site < _loads.Length; site++)
            if (_capacity[site] < before.Terms[site].CapacityMbps) moved += Math.Max(0, _loads[site] - _solver.LoadsMbps[site]);
        return new DrainPreview(_shortMbps, after, Receivers(), moved, Change(moved), Stranded(), _certificate, certificate);
    }

    /// <summary>What cannot be carried with yet other capacities: whether one more site could fail, say. Asks the flow alone, and leaves the last preview's loads.</summary>
    /// <param name="capacityMbps">What each site may carry, Mbit/s.</param>
    /// <param name="fill">Share of each capacity that may be used, in (0, 1].</param>
    /// <exception cref="InvalidOperationException">No moment was started.</exception>
    /// <exception cref="ArgumentException">There is not one capacity a site.</exception>
    public Feasibility FeasibilityAt(ReadOnlySpan<double> capacityMbps, double fill = DrainFeasibility.Fill)
    {
        Take(capacityMbps);
        return _feasibility.Solve(_demand, _capacity, _solver.TrafficMbps, fill);
    }

    /// <summary>Takes capacities, and the demand as it is with them.</summary>
    private void Take(ReadOnlySpan<double> capacityMbps)
    {
        if (capacityMbps.Length != _capacity.Length) throw new ArgumentException("one capacity a site", nameof(capacityMbps));
        capacityMbps.CopyTo(_capacity);
        for (int site = 0; site < _terms.Length; site++) _terms[site] = Problem.Terms[site] with { CapacityMbps = capacityMbps[site] };
        Problem.DemandMbps.CopyTo(_demand);
        _releasedRtt = 0;
        for (int row = _cells; row < _demand.Length; row++) Release(row);
    }

    /// <summary>Whether the demand fits: a plan that keeps within the fill proves it by itself, and only where one does not is a flow asked.</summary>
    private Feasibility Judge(ReadOnlySpan<double> demandMbps, ReadOnlySpan<double> capacityMbps)
    {
        for (int site = 0; site < capacityMbps.Length; site++)
            if (_solver.LoadsMbps[site] > DrainFeasibility.Fill * capacityMbps[site]) return _feasibility.Solve(demandMbps, capacityMbps, _solver.TrafficMbps);
        return Feasibility.Whole;
    }

    /// <summary>Gives the share of a site's own row that sits on what is drained to the cells.</summary>
    private void Release(int row)
    {
        int site = _network.SitesOf(row)[0];
        double before = Problem.Terms[site].CapacityMbps, demand = _demand[row];
        if (demand == 0 || before == 0 || _capacity[site] >= before) return;
        double released = demand * (1 - (_capacity[site] / before)), served = 0, least = double.PositiveInfinity;
        int? nearest = null;
        for (int cell = 0; cell < _cells; cell++)
        {
            int place = _network.SitesOf(cell).IndexOf(site);
            if (place < 0) continue;
            served += _served[_network.RowStarts[cell] + place];
            if (_network.CostsOf(cell)[place] < least) (nearest, least) = (cell, _network.CostsOf(cell)[place]);
        }
        if (nearest is not { } only) return; // no cell knows the site: its own load is stranded
        bool isServing = served > LeastGain * before;
        for (int cell = isServing ? 0 : only; cell < (isServing ? _cells : only + 1); cell++)
        {
            int place = _network.SitesOf(cell).IndexOf(site);
            if (place < 0) continue;
            int candidate = _network.RowStarts[cell] + place;
            double mbps = isServing ? released * _served[candidate] / served : released;
            _demand[cell] += mbps;
            _releasedRtt += mbps * _rttMs[candidate];
        }
        _demand[row] = demand - released;
    }

    private ImmutableArray<DrainReceiver> Receivers()
    {
        var receivers = ImmutableArray.CreateBuilder<DrainReceiver>();
        for (int site = 0; site < _loads.Length; site++)
        {
            double gain = _solver.LoadsMbps[site] - _loads[site];
            if (_capacity[site] > 0 && gain > LeastGain * _capacity[site])
                receivers.Add(new DrainReceiver(site, _capacity[site], _loads[site], _solver.LoadsMbps[site]));
        }
        receivers.Sort(static (left, right) => (right.AfterMbps - right.BeforeMbps).CompareTo(left.AfterMbps - left.BeforeMbps));
        return receivers.ToImmutable();
    }

    private RttChange Change(double movedMbps)
    {
        _after.Read(_rttMs, _solver.TrafficMbps);
        double lost = movedMbps > 0 ? ((_after.MeanMs * _after.TotalMbps) - (_before.MeanMs * _before.TotalMbps) - _releasedRtt) / movedMbps : 0;
        return new RttChange(ChangeAt(0.5), ChangeAt(0.95), lost);
    }

    private double ChangeAt(double share) => _after.Percentile(share) - _before.Percentile(share) ?? 0;

    private ImmutableArray<int> Stranded()
    {
        var stranded = ImmutableArray.CreateBuilder<int>();
        for (int row = 0; row < _demand.Length; row++)
        {
            if (_demand[row] == 0) continue;
            bool hadAny = false, hasAny = false;
            foreach (int site in _network.SitesOf(row))
            {
                hadAny |= Problem.Terms[site].CapacityMbps > 0;
                hasAny |= _capacity[site] > 0;
            }
            if (hadAny && !hasAny) stranded.Add(row);
        }
        return stranded.ToImmutable();
    }
}
