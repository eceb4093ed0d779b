using System.Collections.Immutable;
using System.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.State.Control;
using Scheduler.State.Sites;
using Scheduler.State.Telemetry;

namespace Scheduler.State.Planning;

/// <summary>
/// Keeps a plan of the whole assignment. <see cref="Step"/> is called every <see cref="PlanRules.IntervalMs"/> by one thread that serves nobody: it looks at
/// what moved, solves where something did, and puts prices in force. A request never waits for it, and without it live marginals decide.
/// </summary>
/// <param name="control">Gives the snapshot and the sites, takes the prices.</param>
/// <param name="clock">The time.</param>
public sealed class PlanLoop(ControlLoop control, SchedulerClock clock)
{
    private readonly long[] _solves = new long[Enum.GetValues<PlanReason>().Length * Enum.GetValues<PlanOutcome>().Length];
    private CandidateTable? _compiledFor;
    private PathEquilibration? _solver;
    private PlanRows? _rows;
    private PlanNetwork? _network;
    private DemandEstimate? _estimate;
    private PlanProblem? _solved;
    private PlanInForce? _inForce;
    private double[] _capacityMbps = [];
    private SiteTerms[] _terms = [];
    private double[] _pricesMs = [];
    private float[] _askedMs = [];
    private long _version;
    private volatile PlanStatus? _status;

    /// <summary>What sites are billed by, where commits are priced.</summary>
    public SiteBills Bills { get; } = new();

    /// <summary>How the planner stands; null before the first plan.</summary>
    public PlanStatus? Status => _status;

    /// <summary>Solutions since the start.</summary>
    public long Solves(PlanReason reason, PlanOutcome outcome) => Volatile.Read(ref _solves[Slot(reason, outcome)]);

    /// <summary>Looks at what moved, and solves where something did.</summary>
    /// <param name="demand">What live sessions weigh, of all replicas whose sessions are known.</param>
    /// <param name="leads">
    /// True when its prices are to hold. A replica that does not lead plans only to know: what a drain would do, and where to begin once it leads.
    /// </param>
    public void Step(Demand demand, bool leads = true)
    {
        ArgumentNullException.ThrowIfNull(demand);
        if (control.Publisher.Current is not { } snapshot) return;
        bool isCompiled = ReferenceEquals(snapshot.Candidates, _compiledFor) && _rows!.Cover(snapshot, demand);
        if (!isCompiled && !Compile(snapshot, demand)) return;
        ReadTerms(snapshot);
        _estimate!.Update(demand, _capacityMbps, clock.NowMs);
        if (WhatMoved() is { } reason) Solve(snapshot, reason);
        if (_status is { } status) Ease(status, leads);
    }

    /// <summary>Builds network and workspace anew.</summary>
    /// <returns>False when no site serves viewers: there is nothing to plan.</returns>
    private bool Compile(RoutingSnapshot snapshot, Demand demand)
    {
        ImmutableArray<int> serving = [.. snapshot.Fleet.Sites.OfType<IndexedSite>()
            .Where(site => site.Nodes.Any(n => (snapshot.Fleet.Nodes[n]!.Node.Roles & NodeRoles.Edge) != 0)).Select(site => site.Index)];
        if (serving.Length == 0) return false;
        _rows = PlanRows.Of(snapshot, demand, serving);
        _network = PlanNetworkBuilder.Build(_rows, snapshot.Fleet, snapshot.Candidates.RttMs);
        _solver = new PathEquilibration(_network);
        _estimate = new DemandEstimate(snapshot, _rows);
        _terms = new SiteTerms[_network.SiteCount];
        (_capacityMbps, _pricesMs) = (new double[_network.SiteCount], new double[_network.SiteCount]);
        Array.Resize(ref _askedMs, _network.SiteCount); // a site keeps its index, and what it asked for fades as ever
        _solved = null;
        _compiledFor = snapshot.Candidates;
        return true;
    }

    private void ReadTerms(RoutingSnapshot snapshot)
    {
        Array.Clear(_capacityMbps);
        foreach (SiteState site in control.Sites)
        {
            bool serves = site.Index < _capacityMbps.Length && snapshot.Site(site.Index).Serves(NodeRoles.Edge, StreamProtocols.None);
            if (serves) _capacityMbps[site.Index] = site.EffectiveKbps / 1_000.0;
        }
        for (int site = 0; site < _terms.Length; site++)
        {
            CommitTerm? commit = snapshot.Fleet.Sites[site] is { } there ? Bills.Observe(snapshot, there, clock.UnixMs) : null;
            _terms[site] = new SiteTerms(_capacityMbps[site], snapshot.Policy.Penalty, snapshot.Site(site).ExtraMs, commit);
        }
        Bills.EndLook();
    }

    private PlanReason? WhatMoved()
    {
        if (_inForce is null) return PlanReason.First;
        if (_solved is null) return PlanReason.Network;
        for (int site = 0; site < _terms.Length; site++)
        {
            SiteTerms before = _solved.Terms[site];
            double most = Math.Max(before.CapacityMbps, _terms[site].CapacityMbps);
            if (Math.Abs(before.CapacityMbps - _terms[site].CapacityMbps) > PlanRules.CapacityMoved * most) return PlanReason.Capacity;
            if (before with { CapacityMbps = _terms[site].CapacityMbps } != _terms[site]) return PlanReason.Network;
        }
        return _estimate!.MovedFrom(_solved.DemandMbps) ? PlanReason.Demand : null;
    }

    private void Solve(RoutingSnapshot snapshot, PlanReason reason)
    {
        if (!_terms.Any(term => term.CapacityMbps > 0)) return; // nobody has reported, or all is closed: there is nothing to share out
        using Activity? span = SchedulerInstruments.Spans.StartActivity("plan solve");
        long startedAt = clock.Time.GetTimestamp();
        var problem = new PlanProblem(_network!, _estimate!.DemandMbps, _terms);
        PlanInForce? before = _inForce is { } held && ReferenceEquals(held.Plan.Problem.Network, _network) ? held : null;
        if (before is null) _solver!.Start(problem);
        else _solver!.Restart(problem, before.Plan);
        Plan asIs = _solver.ToPlan(); // the fractions in force, at the demand and the capacities of now
        _solver.Solve(PlanRules.Gap, PlanRules.MostSweeps);
        Plan plan = _solver.ToPlan();
        double tookMs = clock.Time.GetElapsedTime(startedAt).TotalMilliseconds;
        _solved = problem;

        bool take = before is null || IsNeeded(before.Plan, asIs.Certificate, plan.Certificate)
            || plan.Certificate.Cost < (1 - PlanRules.Betterment) * asIs.Certificate.Cost;
        _inForce = take
            ? new PlanInForce(++_version, plan, _rows!, snapshot, reason, clock.NowMs, tookMs, _solver.Sweeps)
            : _inForce! with { Plan = asIs, Snapshot = snapshot };
        Interlocked.Increment(ref _solves[Slot(reason, take ? PlanOutcome.Published : PlanOutcome.Kept)]);
        plan.Prices.CopyTo(_pricesMs);
        span?.SetTag("scheduler.plan.reason", reason.ToString()).SetTag("scheduler.plan.taken", take).SetTag("scheduler.plan.sweeps", _solver.Sweeps);
        var prices = new PlanPrices([], clock.NowMs);
        _status = new PlanStatus(_inForce, plan.Certificate, tookMs, prices);
    }

    /// <summary>True when the fractions in force send viewers where there is no room, and the solution does not, or to a site that is closed now.</summary>
    private bool IsNeeded(Plan held, in PlanCertificate asIs, in PlanCertificate solved)
    {
        if (asIs.MostOverloaded is { } over && (solved.MostOverloaded is not { } still || still.OverMbps < over.OverMbps)) return true;
        for (int site = 0; site < _terms.Length; site++)
            if (_terms[site].CapacityMbps == 0 && held.LoadsMbps[site] > 0) return true;
        return false;
    }

    /// <summary>Eases the prices toward the last solution's, and has decisions read them where they are to hold.</summary>
    private void Ease(PlanStatus status, bool leads)
    {
        for (int site = 0; site < _askedMs.Length; site++)
        {
            // A closed site's price is infinite, and of no use: nobody is sent there, and when it opens it must not be shunned.
            double target = double.IsFinite(_pricesMs[site]) ? Math.Max(0, _pricesMs[site] - _terms[site].Surcharge) : 0;
            float asked = _askedMs[site];
            _askedMs[site] = target >= asked ? (float)target : (float)(asked + (PlanRules.PriceFall * (target - asked)));
        }
        var prices = new PlanPrices([.. _askedMs], clock.NowMs);
        _status = status with { Prices = prices };
        if (leads) control.Apply(prices);
    }

    private static int Slot(PlanReason reason, PlanOutcome outcome) => ((int)reason * Enum.GetValues<PlanOutcome>().Length) + (int)outcome;
}
