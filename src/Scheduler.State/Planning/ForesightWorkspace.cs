using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Drains;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;
using Scheduler.State.Control;

namespace Scheduler.State.Planning;

/// <summary>What foreseeing drains works with, for one network of the planner: made once for it, then used for every target and moment.</summary>
internal sealed class ForesightWorkspace
{
    /// <summary>Distance between two moments that are looked at.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(DemandDay.SlotMinutes);

    /// <summary>A moment must be busier by this share to be looked at on its own.</summary>
    private const double Busier = 0.01;

    private readonly ControlLoop _control;
    private readonly DrainPreviewer _previewer;
    private readonly double[] _longitudes;
    private readonly double[] _before;
    private readonly double[] _after;
    private readonly double[] _spare;
    private readonly double[] _demand;
    private readonly double[] _weights;
    private readonly SiteTerms[] _terms;
    private readonly PlanNetwork _network;
    private PlanInForce? _held; // while a drain is judged: what it holds on to, the map among it, is not kept for longer
    private Fleet _fleet;

    /// <summary>Makes the workspace for the network of a plan.</summary>
    public ForesightWorkspace(PlanInForce held, ControlLoop control)
    {
        (_held, _control, _fleet) = (held, control, held.Snapshot.Fleet.Fleet);
        PlanNetwork network = _network = held.Plan.Problem.Network;
        CandidateTable table = held.Snapshot.Candidates;
        PlanRows rows = held.Rows;
        var rtts = new float[network.RowStarts[rows.CellRows]];
        _longitudes = new double[network.CellCount];
        for (int row = 0; row < network.CellCount; row++)
        {
            ReadOnlySpan<int> sites = network.SitesOf(row);
            _longitudes[row] = (row < rows.CellRows ? table.Cells[rows.CellOf(row)].Location : held.Snapshot.Fleet.Sites[sites[0]]!.Site.Location).Longitude;
            for (int k = 0; row < rows.CellRows && k < sites.Length; k++) rtts[network.RowStarts[row] + k] = table.RttMs(rows.CellOf(row), sites[k]);
        }
        _previewer = new DrainPreviewer(network, rows.CellRows, rtts);
        (_before, _after, _spare) = (new double[network.SiteCount], new double[network.SiteCount], new double[network.SiteCount]);
        (_demand, _weights, _terms) = (new double[network.CellCount], new double[network.CellCount], new SiteTerms[network.SiteCount]);
    }

    /// <summary>The fleet of the plan.</summary>
    public FleetIndex Fleet => Held.Snapshot.Fleet;

    /// <summary>The cells of the plan.</summary>
    public ImmutableArray<CellPlace> Cells => Held.Snapshot.Candidates.Cells;

    /// <summary>By position in the fleet's nodes: what other drains take.</summary>
    public bool[] Others { get; private set; } = [];

    /// <summary>By position in the fleet's nodes: what this one takes.</summary>
    public bool[] Target { get; private set; } = [];

    /// <summary>True when the target takes capacity away that is there without it.</summary>
    public bool TakesAny => !_after.AsSpan().SequenceEqual(_before);

    /// <summary>Longitude of each row, degrees east.</summary>
    public ReadOnlySpan<double> Longitudes => _longitudes;

    /// <summary>True while a plan is over the network that this was made for.</summary>
    public bool IsFor(PlanInForce held) => ReferenceEquals(_network, held.Plan.Problem.Network);

    /// <summary>Forgets the plan: the workspace waits for the next drain, and what the plan holds on to may go.</summary>
    public void LetGo() => _held = null;

    private PlanInForce Held => _held ?? throw new InvalidOperationException("a plan is taken before a drain is judged");

    /// <summary>Takes a plan, the drains that hold or will, and what is to be drained.</summary>
    public void Take(PlanInForce held, Configuration present, ImmutableArray<int> nodes, DateTimeOffset now)
    {
        (_held, _fleet) = (held, present.Fleet);
        Others = new bool[present.Fleet.Nodes.Length];
        foreach (Drain drain in present.Drains)
        {
            // One that will begin later is gone as well: the two must get along.
            if (drain.ExpiresAt <= now) continue;
            foreach (int node in DrainTargets.Resolve(present.Fleet, drain.Target)) Others[node] = true;
        }
        Target = new bool[present.Fleet.Nodes.Length];
        foreach (int node in nodes) Target[node] = true;
        for (int site = 0; site < _before.Length; site++)
        {
            double planned = held.Plan.Problem.Terms[site].CapacityMbps;
            (_before[site], _after[site]) = (planned, planned);
            if (planned == 0 || Fleet.Sites[site] is not { } there) continue;
            (int first, int count) = present.Fleet.NodesOf(there.Site.Id).GetOffsetAndLength(present.Fleet.Nodes.Length);
            if (Others.AsSpan(first, count).Contains(true)) _before[site] = Math.Min(planned, OpenMbps(first, count, withTarget: true));
            _after[site] = Target.AsSpan(first, count).Contains(true) ? Math.Min(_before[site], OpenMbps(first, count, withTarget: false)) : _before[site];
        }
        Weigh();
    }

    /// <summary>Judges the drain at one moment.</summary>
    public DrainMoment Judge(DemandDay day, DateTimeOffset now, DateTimeOffset at)
    {
        _previewer.Start(ProblemAt(day, now, at), Held.Plan.TrafficMbps);
        DrainPreview preview = Told(_previewer.Preview(_after));
        ImmutableArray<DrainRefusal> refusals = preview.IsFeasible ? Spare() : [Infeasible(preview.After, preview.ShortMbps)];
        return at == now ? Next(preview, refusals, at) : new DrainMoment(at, preview, CostPerHour(), refusals);
    }

    /// <summary>Tells stranded rows as the cells that they are, of whichever class.</summary>
    private DrainPreview Told(DrainPreview preview) => preview with
    {
        StrandedCells = [.. preview.StrandedCells.Where(row => row < Held.Rows.CellRows).Select(Held.Rows.CellOf).Distinct().Order()],
    };

    /// <summary>What speaks against the drain at one moment, as <see cref="Judge"/> finds it, and nothing else: flows answer it, without a plan.</summary>
    public ImmutableArray<DrainRefusal> RefusalsAt(DemandDay day, DateTimeOffset now, DateTimeOffset at)
    {
        _previewer.StartUnsolved(ProblemAt(day, now, at), Held.Plan.TrafficMbps);
        Feasibility after = _previewer.FeasibilityAt(_after);
        double more = after.ShortMbps - _previewer.ShortBeforeMbps;
        return more > 0 ? [Infeasible(after, more)] : Spare();
    }

    private DrainRefusal Infeasible(Feasibility after, double shortMbps) => new(DrainRefusalKind.Infeasible, ShortageText.Of(after, shortMbps, Fleet));

    /// <summary>The plan's problem without the target's drain, with the demand of a moment.</summary>
    private PlanProblem ProblemAt(DemandDay day, DateTimeOffset now, DateTimeOffset at)
    {
        PlanProblem planned = Held.Plan.Problem;
        for (int row = 0; row < _demand.Length; row++)
            _demand[row] = planned.DemandMbps[row] * (at == now || planned.DemandMbps[row] == 0 ? 1 : day.Growth(_longitudes[row], now, at));
        for (int site = 0; site < _terms.Length; site++) _terms[site] = planned.Terms[site] with { CapacityMbps = _before[site] };
        return new PlanProblem(planned.Network, _demand, _terms);
    }

    /// <summary>
    /// Says of the next minutes what the plan cannot: viewers elsewhere stay where they are, wherever the plan would have them, and what the target carries comes on
    /// top. So the receivers are told by live loads, with the target's placed where it is cheapest then. Whether it fits stays the plan's word.
    /// </summary>
    private DrainMoment Next(DrainPreview planned, ImmutableArray<DrainRefusal> refusals, DateTimeOffset at)
    {
        PlanNetwork network = Held.Plan.Problem.Network;
        for (int row = 0; row < _demand.Length; row++)
        {
            int site = network.SitesOf(row)[0];
            _demand[row] = row < Held.Rows.CellRows ? 0 : Math.Min(Held.Snapshot.Load.SiteLoadKbps(site) / 1_000.0, _before[site]);
        }
        _previewer.Start(new PlanProblem(network, _demand, _terms), Held.Plan.TrafficMbps, Held.Plan.TrafficMbps);
        DrainPreview next = _previewer.Preview(_after);
        RttChange rtt = planned.Rtt with { MovedMeanMs = next.Rtt.MovedMeanMs };
        return new DrainMoment(at, planned with { Receivers = next.Receivers, MovedMbps = next.MovedMbps, Rtt = rtt }, CostPerHour(), refusals);
    }

    private double CostPerHour()
    {
        double cost = 0;
        for (int site = 0; site < _before.Length; site++)
        {
            if (Fleet.Sites[site] is not { } there) continue;
            cost += HourlyCost.Of(there.Tariff, _previewer.LoadsMbps[site]) - HourlyCost.Of(there.Tariff, _previewer.LoadsBeforeMbps[site]);
        }
        return cost;
    }

    /// <summary>The moment of a stretch at which those whom the target serves ask for most; its start unless another is busier by a hundredth.</summary>
    public DateTimeOffset Busiest(DemandDay day, DateTimeOffset now, DateTimeOffset from, DateTimeOffset until)
    {
        DateTimeOffset busiest = from;
        double most = AskedAt(day, now, from) * (1 + Busier);
        DateTimeOffset last = until < from.AddDays(1) ? until : from.AddDays(1); // the day repeats
        for (DateTimeOffset at = from + Step; at <= last; at += Step)
        {
            double asked = AskedAt(day, now, at);
            if (asked > most) (busiest, most) = (at, asked);
        }
        return busiest;
    }

    /// <summary>Indexes of the sites that the target takes whole.</summary>
    public ImmutableArray<int> WholeSites()
    {
        var sites = ImmutableArray.CreateBuilder<int>();
        foreach (IndexedSite? site in Fleet.Sites)
        {
            if (site is null) continue;
            (int first, int count) = _fleet.NodesOf(site.Site.Id).GetOffsetAndLength(_fleet.Nodes.Length);
            if (count > 0 && !Target.AsSpan(first, count).Contains(false)) sites.Add(site.Index);
        }
        return sites.ToImmutable();
    }

    /// <summary>What the drain does to publishers and pulls now.</summary>
    public BackhaulOutlook Backhaul()
    {
        var gone = new bool[Fleet.Sites.Length];
        foreach (IndexedSite? site in Fleet.Sites)
        {
            if (site is null) continue;
            (int first, int count) = _fleet.NodesOf(site.Site.Id).GetOffsetAndLength(_fleet.Nodes.Length);
            gone[site.Index] = count > 0;
            for (int i = first; i < first + count; i++) gone[site.Index] &= Target[i] || Others[i];
        }
        var target = new List<int>();
        for (int i = 0; i < Target.Length; i++)
            if (Target[i] && Fleet.TryFindNode(_fleet.Nodes[i].Id, out int node)) target.Add(node);
        return BackhaulForesight.Look(_control.Upstreams, Fleet, target, gone, WholeSites());
    }

    /// <summary>What the target carries now, kbit/s.</summary>
    public long TargetKbps()
    {
        long kbps = 0;
        for (int i = 0; i < Target.Length; i++)
            if (Target[i] && Fleet.TryFindNode(_fleet.Nodes[i].Id, out int node)) kbps += Held.Snapshot.Load.NodeLoadKbps(node);
        return kbps;
    }

    /// <summary>What a site's nodes may carry that no other drain takes, and this one neither unless it is left out, Mbit/s.</summary>
    private double OpenMbps(int first, int count, bool withTarget)
    {
        double heard = 0, silent = 0;
        bool isHeard = false;
        for (int i = first; i < first + count; i++)
        {
            if (!Fleet.TryFindNode(_fleet.Nodes[i].Id, out int node) || _control.NodeAt(node) is not { Freshness: not Freshness.Unheard } status) continue;
            bool isSilent = status.Freshness == Freshness.Silent;
            isHeard |= !isSilent;
            if (Others[i] || (!withTarget && Target[i]) || !status.Order.Open || status.State != NodeState.Serving) continue;
            double mbps = 1 / Volatile.Read(ref Held.Snapshot.Load.Node(node).InverseCapacity) / 1_000;
            if (isSilent) silent += mbps;
            else heard += mbps;
        }
        return isHeard ? heard : silent; // as the site itself counts: last states where nothing else is known
    }

    /// <summary>Weighs each row by what of it is drained; where nothing is, by what could come to the target.</summary>
    private void Weigh()
    {
        PlanNetwork network = Held.Plan.Problem.Network;
        double total = 0;
        for (int row = 0; row < _weights.Length; row++)
        {
            _weights[row] = 0;
            ReadOnlySpan<int> sites = network.SitesOf(row);
            for (int k = 0; k < sites.Length; k++)
                if (_after[sites[k]] < _before[sites[k]]) _weights[row] += Held.Plan.TrafficOf(row)[k];
            total += _weights[row];
        }
        if (total > 0) return;
        for (int row = 0; row < _weights.Length; row++)
        {
            foreach (int site in network.SitesOf(row))
                if (_after[site] < _before[site]) _weights[row] = Held.Plan.Problem.DemandMbps[row];
        }
    }

    private double AskedAt(DemandDay day, DateTimeOffset now, DateTimeOffset at)
    {
        double asked = 0;
        for (int row = 0; row < _weights.Length; row++)
            if (_weights[row] > 0) asked += _weights[row] * day.Growth(_longitudes[row], now, at);
        return asked;
    }

    /// <summary>Whether each region that loses capacity could lose its largest site that is left as well, as far as it could without the drain.</summary>
    private ImmutableArray<DrainRefusal> Spare()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var refusals = ImmutableArray.CreateBuilder<DrainRefusal>();
        for (int site = 0; site < _after.Length; site++)
        {
            if (_after[site] >= _before[site] || Fleet.Sites[site] is not { } drained || !done.Add(drained.Site.Region)) continue;
            if (Largest(drained.Site.Region) is not { } largest) continue;
            Feasibility with = FailureOf(largest, _after);
            if (with.IsFeasible) continue;
            double more = with.ShortMbps - FailureOf(largest, _before).ShortMbps;
            if (more > 0)
                refusals.Add(new DrainRefusal(DrainRefusalKind.NoSpare, $"{Fleet.Sites[largest]!.Site.Id} could not fail meanwhile: {ShortageText.Of(with, more, Fleet)}"));
        }
        return refusals.ToImmutable();
    }

    private int? Largest(string region)
    {
        int? largest = null;
        for (int site = 0; site < _after.Length; site++)
            if (_after[site] > 0 && Fleet.Sites[site]?.Site.Region == region && !(largest is { } known && _after[known] >= _after[site])) largest = site;
        return largest;
    }

    private Feasibility FailureOf(int site, double[] capacityMbps)
    {
        capacityMbps.CopyTo(_spare, 0);
        _spare[site] = 0;
        return _previewer.FeasibilityAt(_spare, DrainFeasibility.FillInFailure);
    }
}
