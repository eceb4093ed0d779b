namespace Scheduler.Core.Planning;

/// <summary>
/// The traffic of every candidate while a problem is being solved, with the load, price and slope of every site kept up at each move. Made once
/// for a network and used again for every problem over it, so that solving allocates nothing.
/// </summary>
internal sealed class TrafficState
{
    private const int NewtonSteps = 3;
    private const int Backtracks = 24;

    // A plan that fits is found within few sweeps. Where load stays over capacity, likely none does, by ever so little perhaps, and capacity would take
    // thousands of small steps to the price that proves it: so all full sites become dearer together, by a tenth a sweep, for the last sweeps
    // of each round. The first ones are for those sites that were lifted without need: their prices come down again.
    private const int RoundSweeps = 100;
    private const int PatientSweeps = 60;
    private const double Impatience = 0.1;

    private readonly PlanNetwork _network;
    private readonly double[] _traffic;
    private readonly int[] _used;
    private readonly int[] _usedCounts;
    private readonly double[] _loads;
    private readonly double[] _prices;
    private readonly double[] _slopes;
    private readonly SiteCurve[] _curves;
    private int _overSweeps;

    public TrafficState(PlanNetwork network)
    {
        _network = network;
        _traffic = new double[network.CandidateCount];
        _used = new int[network.CandidateCount];
        _usedCounts = new int[network.CellCount];
        _loads = new double[network.SiteCount];
        _prices = new double[network.SiteCount];
        _slopes = new double[network.SiteCount];
        _curves = new SiteCurve[network.SiteCount];
    }

    /// <summary>Traffic of each candidate, Mbit/s.</summary>
    public ReadOnlySpan<double> Traffic => _traffic;

    /// <summary>Load of each site, Mbit/s.</summary>
    public ReadOnlySpan<double> Loads => _loads;

    /// <summary>Marginal cost at each site, the solver's wall included, ms-equivalents; positive infinity at a closed site.</summary>
    public ReadOnlySpan<double> Prices => _prices;

    /// <summary>The curve of each site.</summary>
    public Span<SiteCurve> Curves => _curves;

    /// <summary>Least price that any site can have, ms-equivalents: no candidate whose a alone is this close to the best can beat it.</summary>
    public double PriceFloor { get; private set; }

    /// <summary>True when each overloaded site's capacity has become so dear that its overload has no way around: half the price of overflow.</summary>
    public bool HasPricedOverflow { get; private set; }

    /// <summary>Takes the curves of a problem and forgets all traffic.</summary>
    public void Clear(PlanProblem problem)
    {
        Array.Clear(_traffic);
        Array.Clear(_usedCounts);
        foreach (ref SiteCurve curve in _curves.AsSpan()) curve = default;
        Adopt(problem);
    }

    /// <summary>
    /// Takes the curves of a problem; what its demand changed, each cell's traffic changes in proportion. Traffic of sites that are closed now is
    /// taken away, and a cell that had none gets none: what is missing is placed by the caller.
    /// </summary>
    public void Adopt(PlanProblem problem)
    {
        PriceFloor = double.PositiveInfinity;
        HasPricedOverflow = false;
        _overSweeps = 0;
        for (int site = 0; site < _curves.Length; site++)
        {
            double multiplier = _curves[site].IsOpen ? _curves[site].Multiplier : 0;
            _curves[site] = problem.Curves[site];
            if (!_curves[site].IsOpen) continue;
            PriceFloor = Math.Min(PriceFloor, _curves[site].Price(0, out _)); // before the multiplier, which may fall again
            _curves[site].Multiplier = multiplier;
        }
        for (int cell = 0; cell < _usedCounts.Length; cell++) Rescale(cell, problem.DemandMbps[cell]);
        Settle();
    }

    /// <summary>Takes traffic from elsewhere.</summary>
    public void Load(ReadOnlySpan<double> trafficMbps)
    {
        trafficMbps.CopyTo(_traffic);
        for (int cell = 0; cell < _usedCounts.Length; cell++)
        {
            int start = _network.RowStarts[cell], end = _network.RowStarts[cell + 1];
            _usedCounts[cell] = 0;
            for (int k = start; k < end; k++)
                if (_traffic[k] > 0) _used[start + _usedCounts[cell]++] = k;
        }
    }

    /// <summary>What a cell's candidates carry together, Mbit/s.</summary>
    public double Carried(int cell)
    {
        double carried = 0;
        foreach (int candidate in UsedBy(cell)) carried += _traffic[candidate];
        return carried;
    }

    /// <summary>Candidates of a cell that carry traffic, in no order.</summary>
    public ReadOnlySpan<int> UsedBy(int cell) => _used.AsSpan(_network.RowStarts[cell], _usedCounts[cell]);

    /// <summary>Marginal cost of a candidate's next Mbit/s, ms-equivalents.</summary>
    public double CostOf(int candidate) => _network.Costs[candidate] + _prices[_network.Sites[candidate]];

    /// <summary>The candidate of a cell that is cheapest at the present prices; null when all its sites are closed.</summary>
    public int? Cheapest(int cell)
    {
        ReadOnlySpan<double> costs = _network.CostsOf(cell);
        ReadOnlySpan<int> sites = _network.SitesOf(cell);
        double least = double.PositiveInfinity, enough = double.PositiveInfinity;
        int best = 0;
        for (int i = 0; i < costs.Length && i < sites.Length; i++)
        {
            if (costs[i] >= enough) break; // the row rises: nothing after this can be cheaper
            double cost = costs[i] + _prices[sites[i]];
            if (cost >= least) continue;
            (least, best, enough) = (cost, i, cost - PriceFloor);
        }
        return double.IsPositiveInfinity(least) ? null : _network.RowStarts[cell] + best;
    }

    /// <summary>The candidate that is cheapest at the present prices among those that carry a cell's traffic; the cell has some.</summary>
    public int CheapestUsed(int cell)
    {
        ReadOnlySpan<int> used = UsedBy(cell);
        int best = used[0];
        double least = CostOf(best);
        foreach (int candidate in used[1..])
        {
            double cost = CostOf(candidate);
            if (cost < least) (least, best) = (cost, candidate);
        }
        return best;
    }

    /// <summary>Adds traffic to a candidate.</summary>
    public void Place(int cell, int candidate, double mbps)
    {
        if (mbps <= 0) return;
        if (_traffic[candidate] == 0) _used[_network.RowStarts[cell] + _usedCounts[cell]++] = candidate;
        _traffic[candidate] += mbps;
        int site = _network.Sites[candidate];
        _loads[site] += mbps;
        Reprice(site);
    }

    /// <summary>Moves traffic of a cell's other candidates to one of them until they cost the same or are empty.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="target">Its candidate that gets the traffic.</param>
    /// <param name="worth">Moves that cannot save more, all of the cell's together, are left out; ms-equivalents times Mbit/s, at least 0.</param>
    /// <returns>What a move at constant prices would have saved, ms-equivalents times Mbit/s; at least 0.</returns>
    public double MoveAllTo(int cell, int target, double worth)
    {
        int start = _network.RowStarts[cell];
        bool isNew = _traffic[target] == 0;
        double saving = 0, each = worth / _usedCounts[cell];
        for (int i = start + _usedCounts[cell] - 1; i >= start; i--)
        {
            int candidate = _used[i];
            if (candidate == target) continue;
            double gap = CostOf(candidate) - CostOf(target);
            if (gap <= 0) continue;
            double most = gap * _traffic[candidate];
            saving += most;
            if (most < each) continue;
            Move(candidate, target, gap);
            if (_traffic[candidate] == 0) _used[i] = _used[start + --_usedCounts[cell]];
        }
        if (isNew && _traffic[target] > 0) _used[start + _usedCounts[cell]++] = target;
        return saving;
    }

    /// <summary>Sums the loads anew from the traffic, so that what thousands of moves rounded off does not add up, and prices every site by them.</summary>
    public void Settle()
    {
        Array.Clear(_loads);
        for (int cell = 0; cell < _usedCounts.Length; cell++)
            foreach (int candidate in UsedBy(cell)) _loads[_network.Sites[candidate]] += _traffic[candidate];
        for (int site = 0; site < _loads.Length; site++) Reprice(site);
    }

    /// <summary>Prices a site by its load.</summary>
    public void Reprice(int site) =>
        _prices[site] = _curves[site].IsOpen ? _curves[site].Price(_loads[site], out _slopes[site]) : double.PositiveInfinity;

    /// <summary>
    /// The method of multipliers, one step: a site that is over capacity becomes dearer by what its wall costs there, one that is under it and had
    /// become dearer becomes cheaper again. The price at the present load stays as it is.
    /// </summary>
    public void PriceCapacity()
    {
        HasPricedOverflow = true;
        double dearest = 0;
        bool isOver = false;
        for (int site = 0; site < _curves.Length; site++)
        {
            ref SiteCurve curve = ref _curves[site];
            if (!curve.IsOpen || _loads[site] <= curve.CapacityMbps * (1 + PlanCertificate.CapacityTolerance) || curve.HasFullPrice) continue;
            (isOver, dearest) = (true, Math.Max(dearest, curve.Multiplier));
        }
        _overSweeps = isOver ? _overSweeps + 1 : 0;
        double lift = _overSweeps % RoundSweeps > PatientSweeps ? Impatience * dearest : 0;
        for (int site = 0; site < _curves.Length; site++)
        {
            ref SiteCurve curve = ref _curves[site];
            if (!curve.IsOpen) continue;
            double over = (_loads[site] / curve.CapacityMbps) - SiteCurve.Full;
            if (over <= 0 && curve.Multiplier <= 0) continue;
            curve.Multiplier += (SiteCurve.WallSlope * over) + lift;
            HasPricedOverflow &= over <= 0 || curve.HasPricedOverflow;
            Reprice(site);
        }
    }

    private void Rescale(int cell, double demandMbps)
    {
        int start = _network.RowStarts[cell];
        double carried = Carried(cell);
        for (int i = start + _usedCounts[cell] - 1; i >= start; i--)
        {
            int candidate = _used[i];
            bool stays = _curves[_network.Sites[candidate]].IsOpen;
            _traffic[candidate] = stays ? _traffic[candidate] / carried * demandMbps : 0;
            if (_traffic[candidate] == 0) _used[i] = _used[start + --_usedCounts[cell]];
        }
    }

    /// <summary>
    /// Moves traffic between two sites of a cell, by Newton's step towards equal cost. The step is cut back to where the gap is not yet crossed
    /// (regula falsi), so every move lowers the objective, at kinks too. Prices are convex, and on such a curve regula falsi comes nearer from beyond the crossing for
    /// ever: so the gap at the start counts for half as much each time (the Illinois rule), and the step soon falls short of it.
    /// </summary>
    private void Move(int from, int to, double gap)
    {
        int donor = _network.Sites[from], receiver = _network.Sites[to];
        ref SiteCurve donorCurve = ref _curves[donor], receiverCurve = ref _curves[receiver];
        double offset = _network.Costs[from] - _network.Costs[to], wanted = gap / 4;
        for (int newton = 0; newton < NewtonSteps && gap > wanted; newton++)
        {
            double slope = _slopes[donor] + _slopes[receiver], most = _traffic[from];
            double step = gap < slope * most ? gap / slope : most, atStart = gap;
            for (int tries = 0; ; tries++)
            {
                double donorLoad = Math.Max(0, _loads[donor] - step), receiverLoad = _loads[receiver] + step;
                double donorPrice = donorCurve.Price(donorLoad, out double donorSlope);
                double receiverPrice = receiverCurve.Price(receiverLoad, out double receiverSlope);
                double left = offset + donorPrice - receiverPrice;
                if (left < 0)
                {
                    if (tries == Backtracks) return;
                    step *= atStart / (atStart - left);
                    atStart /= 2;
                    continue;
                }
                _traffic[from] = step == most ? 0 : most - step;
                _traffic[to] += step;
                (_loads[donor], _prices[donor], _slopes[donor]) = (donorLoad, donorPrice, donorSlope);
                (_loads[receiver], _prices[receiver], _slopes[receiver]) = (receiverLoad, receiverPrice, receiverSlope);
                if (step == most) return;
                gap = left;
                break;
            }
        }
    }
}
