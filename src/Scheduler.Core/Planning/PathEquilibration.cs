namespace Scheduler.Core.Planning;

/// <summary>
/// Solves planning problems over one network by path equilibration: gradient projection in the manner of Gauss and Seidel, cell by cell, with
/// Newton steps between two sites of a cell. Keeps its traffic between problems, so that the next one starts warm. Not for two threads at once.
/// </summary>
/// <remarks>
/// A sweep asks every cell for its cheapest candidate at the present prices and moves the cell's traffic there until costs are equal; then it evens out the few
/// cells that are split, until they have settled. Every move lowers the objective, and a plan from which no move does is optimal, as the problem is convex.
/// Any sweep may be the last: traffic sums to demand at all times. After R. Jayakrishnan et al. 1994 and D. Bertsekas and E. Gafni 1982.
/// Capacities are held by multipliers, renewed after each sweep, and only where one binds.
/// </remarks>
public sealed class PathEquilibration
{
    /// <summary>Most rounds over the split cells in a sweep, and the share of the sweep's own saving under which a round is the last.</summary>
    private const int SplitRounds = 20;
    private const double SplitSettled = 0.1;

    /// <summary>Moves that cannot bring the gap down by more than this share of the target, all cells together, are not made: they would only cost time.</summary>
    private const double IdleShare = 0.25;

    /// <summary>A certificate looks at every cell once more: it is tried when the sweep found savings under so many targets, and every so many sweeps anyway.</summary>
    private const double CertifyUnder = 2;
    private const int CertifyEvery = 16;

    private readonly PlanNetwork _network;
    private readonly TrafficState _state;
    private readonly int[] _active;
    private readonly int[] _split;
    private int _activeCount;
    private PlanProblem? _problem;
    private double _lowerBound;

    /// <summary>Makes the workspace, about 12 bytes a candidate.</summary>
    /// <param name="network">The network of every problem that will be solved.</param>
    public PathEquilibration(PlanNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _state = new TrafficState(network);
        _active = new int[network.CellCount];
        _split = new int[network.CellCount];
    }

    /// <summary>Sweeps since the last start.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Traffic of each candidate as it is now, Mbit/s; changes with the next sweep.</summary>
    public ReadOnlySpan<double> TrafficMbps => _state.Traffic;

    /// <summary>Load of each site as it is now, Mbit/s; changes with the next sweep.</summary>
    public ReadOnlySpan<double> LoadsMbps => _state.Loads;

    private PlanProblem Problem => _problem ?? throw new InvalidOperationException("no problem was started");

    /// <summary>Starts a problem cold: cell by cell, each where it is cheapest after what came before.</summary>
    /// <param name="problem">The problem; over this network.</param>
    /// <exception cref="ArgumentException">It is over another network.</exception>
    public void Start(PlanProblem problem)
    {
        Check(problem);
        _state.Clear(problem);
        Begin(problem);
    }

    /// <summary>
    /// Starts a problem from the traffic of the last one, which is rescaled to the new demand; what sat at a site that is closed now is placed anew.
    /// Without a last problem it starts cold.
    /// </summary>
    /// <param name="problem">The problem; over this network.</param>
    /// <exception cref="ArgumentException">It is over another network.</exception>
    public void Restart(PlanProblem problem)
    {
        Check(problem);
        _state.Adopt(problem);
        Begin(problem);
    }

    /// <summary>Starts a problem from the traffic of a plan, as <see cref="Restart(PlanProblem)"/> does.</summary>
    /// <param name="problem">The problem; over this network.</param>
    /// <param name="last">Where to start; over this network.</param>
    /// <exception cref="ArgumentException">One of them is over another network.</exception>
    public void Restart(PlanProblem problem, Plan last)
    {
        ArgumentNullException.ThrowIfNull(last);
        Check(last.Problem);
        Restart(problem, last.TrafficMbps);
    }

    /// <summary>Starts a problem from given traffic, as <see cref="Restart(PlanProblem)"/> does.</summary>
    /// <param name="problem">The problem; over this network.</param>
    /// <param name="trafficMbps">Where to start: traffic of each candidate, Mbit/s; at least 0.</param>
    /// <exception cref="ArgumentException">The problem is over another network, or there is not one number a candidate.</exception>
    public void Restart(PlanProblem problem, ReadOnlySpan<double> trafficMbps)
    {
        Check(problem);
        if (trafficMbps.Length != _network.CandidateCount) throw new ArgumentException("one traffic a candidate", nameof(trafficMbps));
        _state.Load(trafficMbps);
        Restart(problem);
    }

    /// <summary>Sweeps until the gap is proven small enough and no capacity is exceeded that need not be, or the budget is spent.</summary>
    /// <param name="gap">Gap to prove, as a share of the cost; at least 0.</param>
    /// <param name="maxSweeps">Most sweeps since the start.</param>
    /// <returns>The certificate of the traffic as it is then.</returns>
    public PlanCertificate Solve(double gap, int maxSweeps = 1_000)
    {
        PlanCertificate certificate = Certify();
        while (!IsSolved(certificate, gap) && Sweeps < maxSweeps)
        {
            double target = gap * Math.Abs(certificate.Cost);
            double saving = Sweep(IdleShare * target / _network.CellCount);
            if (saving <= CertifyUnder * target || Sweeps % CertifyEvery == 0 || Sweeps == maxSweeps) certificate = Certify();
        }
        return certificate;
    }

    /// <summary>True when a certificate proves the gap and every overload in it is one that no plan avoids.</summary>
    /// <param name="certificate">The latest certificate.</param>
    /// <param name="gap">Gap to prove, as a share of the cost.</param>
    public bool IsSolved(in PlanCertificate certificate, double gap) =>
        certificate.Gap <= gap && (certificate.IsFeasible || _state.HasPricedOverflow);

    /// <summary>One sweep, for a caller who watches the clock between two.</summary>
    /// <returns>What the moves could have saved at the prices that each met, ms-equivalents times Mbit/s: close to cost less optimum, once that is small.</returns>
    public double Sweep() => Sweep(0);

    /// <summary>Cost of the traffic as it is, the best lower bound of this problem so far, and what does not fit.</summary>
    public PlanCertificate Certify()
    {
        _state.Settle();
        PlanCertificate certificate = Certifier.Certify(Problem, _state);
        _lowerBound = Math.Max(_lowerBound, certificate.LowerBound);
        return certificate with { LowerBound = Math.Min(_lowerBound, certificate.Cost) };
    }

    /// <summary>The traffic as it is, as a plan of its own, with its certificate.</summary>
    public Plan ToPlan()
    {
        PlanCertificate certificate = Certify();
        return new Plan(Problem, certificate, _state.Traffic, _state.Loads, _state.Prices);
    }

    private double Sweep(double worth)
    {
        _ = Problem;
        Sweeps++;
        double saving = 0;
        int split = 0;
        foreach (int cell in _active.AsSpan(0, _activeCount))
        {
            if (_state.Cheapest(cell) is not { } target) continue;
            saving += _state.MoveAllTo(cell, target, worth);
            if (_state.UsedBy(cell).Length > 1) _split[split++] = cell;
        }
        for (int round = 0; round < SplitRounds && split > 0; round++)
        {
            double left = 0;
            int restless = 0;
            foreach (int cell in _split.AsSpan(0, split))
            {
                double could = _state.MoveAllTo(cell, _state.CheapestUsed(cell), worth);
                left += could;
                if (could > worth) _split[restless++] = cell; // the others rest until the next sweep
            }
            split = restless;
            if (left <= SplitSettled * saving) break;
        }
        _state.PriceCapacity();
        return saving;
    }

    private void Begin(PlanProblem problem)
    {
        (_problem, Sweeps, _lowerBound, _activeCount) = (problem, 0, double.NegativeInfinity, 0);
        for (int cell = 0; cell < _network.CellCount; cell++)
        {
            double demand = problem.DemandMbps[cell];
            if (demand == 0) continue;
            int? cheapest = _state.Cheapest(cell);
            if (cheapest is not null) _active[_activeCount++] = cell;
            // What rounding leaves is nothing to place: a sliver would only make the cell look split.
            double missing = demand - _state.Carried(cell);
            if (missing > 1e-9 * demand) _state.Place(cell, cheapest ?? _network.RowStarts[cell], missing);
        }
    }

    private void Check(PlanProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (!ReferenceEquals(problem.Network, _network)) throw new ArgumentException("the problem is over another network", nameof(problem));
    }
}
