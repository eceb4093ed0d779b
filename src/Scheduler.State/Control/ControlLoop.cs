using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State.Drains;
using Scheduler.State.Planning;
using Scheduler.State.Rtts;
using Scheduler.State.Sites;
using Scheduler.State.Upstreams;

namespace Scheduler.State.Control;

/// <summary>
/// The slow side of one replica: compiles configuration, geography and the state of sites into snapshots, and is the only one who publishes
/// them. <see cref="Tick"/> is called every <see cref="TickMs"/>; a change of configuration publishes before it returns.
/// </summary>
public sealed class ControlLoop
{
    /// <summary>Time between two ticks, ms.</summary>
    public const int TickMs = 100;

    private readonly Lock _gate = new();
    private readonly SchedulerClock _clock;
    private readonly ControlOptions _options;
    private readonly SessionTable _sessions;
    private readonly LiveLoad _load;
    private readonly FailureWatch _failures;
    private readonly SilenceWatch _silence;
    private readonly Dictionary<int, NodeStatus> _nodeByNumber = [];
    private readonly Dictionary<int, SiteState> _siteByNumber = [];
    private Geography? _geography;
    private Configuration? _configuration;
    private FleetIndex _fleet = FleetIndex.Empty;
    private readonly ClassCompiler _compiler;
    private ClassTables? _tables;
    private CellLocator? _locator;
    private StreamTable _streams;
    private SiteState?[] _siteByIndex = [];
    private volatile SiteState[] _sites = [];
    private volatile NodeStatus?[] _nodeByIndex = [];
    private NodeStatus[] _nodes = [];
    private NodeStatus[] _inOrder = [];
    private double[] _admitting = [];
    private Eligibility[] _standings = [];
    private bool[] _doubted = [];
    private float[] _extras = [];
    private volatile PlanPrices? _prices;
    private bool _pricesHold;
    private float _suspectMs;
    private long _version;
    private int _expireFrom;

    /// <summary>A loop that has nothing to publish yet.</summary>
    public ControlLoop(SchedulerClock clock, ControlOptions options, SessionTable sessions, SnapshotPublisher publisher)
    {
        _clock = clock;
        _options = options;
        _sessions = sessions;
        Publisher = publisher;
        _load = new LiveLoad(options.Policy.Penalty, options.Rules.Replicas);
        _failures = new FailureWatch(options.Policy.Ejection, sessions);
        _silence = new SilenceWatch(options.Rules.Staleness.IntervalMs, options.Policy.FreezeShare);
        _streams = new StreamTable(options.StreamCapacity, 1);
        Upstreams = new UpstreamLoop(clock, publisher, NodeAt, options.StreamCapacity);
        Drains = new DrainLoop(clock, sessions, _load, Upstreams);
        Rtts = options.Learning is { } rules ? new RttBook(rules, options.Rtt) : null;
        _compiler = new ClassCompiler(options.Policy, Rtts is { } book ? book.RttMs : options.Rtt, Rtts is { } learnt ? learnt.Knows : null);
    }

    /// <summary>Where snapshots go.</summary>
    public SnapshotPublisher Publisher { get; }

    /// <summary>Where round-trip times are learnt; null when they are not.</summary>
    public RttBook? Rtts { get; }

    /// <summary>Carries drains out.</summary>
    public DrainLoop Drains { get; }

    /// <summary>Keeps where streams come in and what links carry; it is stepped by a thread of its own.</summary>
    public UpstreamLoop Upstreams { get; }

    /// <summary>All sites there are now.</summary>
    public SiteState[] Sites => _sites;

    /// <summary>Takes into force how many replicas there are.</summary>
    /// <param name="assigning">Those that may assign, this one included, in [1, 255].</param>
    /// <param name="silentPeers">The peers among them that do not tell what, in [0, 254].</param>
    public void Count(int assigning, int silentPeers) => (_load.Replicas, _load.SilentPeers) = (assigning, silentPeers);

    /// <summary>What this start of the replica assigned to a node, ever, kbit/s; it only grows.</summary>
    /// <param name="node">The node.</param>
    public long AssignedKbps(NodeStatus node) => Volatile.Read(ref _load.Node(node.Node.Index).Assigned) - node.AssignedBefore;

    /// <summary>All nodes there are now, by index; null where there is no node.</summary>
    public ReadOnlySpan<NodeStatus?> NodesByIndex => _nodeByIndex;

    /// <summary>Sessions that ended because their beats stopped, since the start.</summary>
    public long Expired { get; private set; }

    /// <summary>Ejections by failure reports since the start.</summary>
    public long Ejections => _failures.Ejections;

    /// <summary>Regions whose failure reports are not believed now.</summary>
    public int PanickedRegions => _failures.PanickedRegions;

    /// <summary>True once geography is in force.</summary>
    public bool HasGeography => Volatile.Read(ref _geography) is not null;

    /// <summary>How often the policy names a cell that the map in force does not have: such words do nothing.</summary>
    public int UnknownPolicyCells { get; private set; }

    /// <summary>The map in force; null before there is one.</summary>
    public CellMap? Map => Volatile.Read(ref _geography)?.Locator.Map;

    /// <summary>When the first snapshot was published, monotonic ms; null before.</summary>
    public long? PublishedAtMs { get; private set; }

    /// <summary>True while last states are served from because most sites fell silent at once.</summary>
    public bool Frozen => _silence.Frozen;

    /// <summary>The status of a node, by index; null where there is no node.</summary>
    public NodeStatus? NodeAt(int index) => _nodeByIndex is { } nodes && index < nodes.Length ? nodes[index] : null;

    /// <summary>The state of a site, by index; null where there is no site.</summary>
    public SiteState? SiteAt(int index)
    {
        lock (_gate) return index < _siteByIndex.Length ? _siteByIndex[index] : null;
    }

    /// <summary>Takes a configuration into force: when this returns, every new decision obeys it.</summary>
    public void Apply(Configuration configuration)
    {
        lock (_gate)
        {
            bool fleetChanged = _configuration is null || !ReferenceEquals(_configuration.Fleet, configuration.Fleet);
            bool policyChanged = _configuration is null || !ReferenceEquals(_configuration.Policy, configuration.Policy);
            _configuration = configuration;
            if (fleetChanged || policyChanged) Reindex(configuration);
            Drains.Obey(configuration, _inOrder, _fleet.Sites.Length);
            Order(configuration);
            Publish(always: true);
        }
    }

    /// <summary>Takes geography into force.</summary>
    public void Apply(Geography geography)
    {
        lock (_gate)
        {
            _geography = geography;
            Compile();
            Publish(always: true);
        }
    }

    /// <summary>What the plan asks for load, whether or not it still holds; null before the first plan.</summary>
    public PlanPrices? Prices => _prices;

    /// <summary>Takes a plan's prices into force: a site asks for what its load costs, and at least for what the plan says.</summary>
    public void Apply(PlanPrices prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        lock (_gate)
        {
            _prices = prices;
            _pricesHold = prices.HoldAt(_clock.NowMs);
            for (int site = 0; site < prices.AskedMs.Length; site++) _load.SetPlanned(site, _pricesHold ? prices.AskedMs[site] : 0);
        }
    }

    /// <summary>Lets time pass: expires sessions, ages nodes, publishes when anything a decision depends on has changed.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            ExpireSome();
            _failures.Tick(_nodes, RegionOf, _clock.NowMs);
            _silence.Tick(_sites, _clock.NowMs);
            foreach (NodeStatus node in _nodes)
                if (node.Freshness == Freshness.Silent) node.SilenceIsOurs = _silence.Frozen;
            ForgetOldPrices();
            if (Drains.Tick(Publisher.Current, _sites, _silence.Frozen)) Order(_configuration!);
            Publish(always: Relearn());
        }
    }

    /// <summary>A viewer says that the node that holds his session failed him. A session is heard once in a window, however often it moves and fails.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="session">Handle of the session.</param>
    public void CountFailure(int node, ulong session)
    {
        // One second over the window: whole seconds may round the distance of two reports up by almost one.
        long apartS = (_failures.Rules.WindowMs / 1_000) + 1;
        if (_sessions.TryMarkFailed(session, _clock.NowS, apartS)) NodeAt(node)?.CountFailure();
    }

    private string RegionOf(NodeStatus node) => _fleet.Sites[node.Node.SiteIndex]?.Site.Region ?? "";

    private void Reindex(Configuration configuration)
    {
        Fleet fleet = configuration.Fleet;
        _fleet = FleetIndexBuilder.Build(
            fleet, configuration.Numbers.Sites, configuration.Numbers.Nodes, _fleet, _clock.NowMs, configuration.Policy.Price(fleet.Tariffs));
        IndexedNode[] nodes = [.. _fleet.Nodes.OfType<IndexedNode>()];
        IndexedSite[] sites = [.. _fleet.Sites.OfType<IndexedSite>()];
        Forget(_nodeByNumber, nodes.Select(n => n.Number));
        Forget(_siteByNumber, sites.Select(s => s.Number));

        var byIndex = new NodeStatus?[_fleet.Nodes.Length];
        foreach (IndexedNode node in nodes)
        {
            if (_nodeByNumber.TryGetValue(node.Number, out NodeStatus? status)) status.Become(node);
            else _nodeByNumber[node.Number] = status = NewStatus(node);
            byIndex[node.Index] = status;
        }
        _siteByIndex = new SiteState?[_fleet.Sites.Length];
        foreach (IndexedSite site in sites)
        {
            if (!_siteByNumber.TryGetValue(site.Number, out SiteState? state))
                _siteByNumber[site.Number] = state = new SiteState(site.Index, _load, _options.Rules);
            state.Become([.. site.Nodes.Select(n => byIndex[n]!)]);
            _siteByIndex[site.Index] = state;
        }
        _nodeByIndex = byIndex;
        _nodes = [.. byIndex.OfType<NodeStatus>()];
        _sites = [.. _siteByIndex.OfType<SiteState>()];
        _inOrder = [.. configuration.Numbers.Nodes.Select(number => _nodeByNumber[number])];
        _admitting = new double[_fleet.Nodes.Length];
        if (_fleet.Sites.Length > _streams.SiteBound) _streams = new StreamTable(_options.StreamCapacity, _fleet.Sites.Length);
        _standings = new Eligibility[_fleet.Nodes.Length];
        _doubted = new bool[_fleet.Nodes.Length];
        _extras = new float[_fleet.Sites.Length];
        Compile();
    }

    private NodeStatus NewStatus(IndexedNode node)
    {
        // A new node has no room until it reports, whatever its index was used for before.
        ref NodeLedger ledger = ref _load.Node(node.Index);
        Volatile.Write(ref ledger.Ceiling, NodeLedger.NoRoom);
        long assigned = Volatile.Read(ref ledger.Assigned);
        ledger.SetTerms(_load.SilentPeers, -(1 + _load.SilentPeers) * assigned);
        ledger.InverseCapacity = 1;
        return new NodeStatus(node, assigned, _clock.NowMs);
    }

    private static void Forget<T>(Dictionary<int, T> byNumber, IEnumerable<int> kept)
    {
        foreach (int number in byNumber.Keys.Except(kept).ToArray()) byNumber.Remove(number);
    }

    private void Order(Configuration configuration)
    {
        Drains.Fill(_admitting);
        Dictionary<string, NodeOverride> overrides = configuration.Overrides.ToDictionary(o => o.Node);
        foreach (NodeStatus status in _inOrder)
        {
            NodeOverride? set = overrides.GetValueOrDefault(status.Node.Node.Id);
            var order = new NodeOrder(_admitting[status.Node.Index], set?.InService ?? true, set?.Weight ?? 1);
            if (status.Order != order) status.Obey(order);
        }
    }

    private void Compile()
    {
        Policy policy = _configuration?.Policy ?? Policy.Empty;
        DispatchPolicy rules = policy.Weights.Over(_options.Policy);
        (_failures.Rules, _silence.Share, _suspectMs) = (rules.Ejection, rules.FreezeShare, (float)rules.SuspectMs);
        if (rules.Penalty != _load.Penalty)
        {
            _load.Penalty = rules.Penalty;
            foreach (SiteState site in _sites) _load.Reprice(site.Index);
        }
        if (_geography is null) return;
        _locator = _geography.Under(policy, out int unknownCells);
        UnknownPolicyCells = unknownCells;
        _tables = _compiler.Compile(policy, _geography.Cells, _locator.SiteLists, _fleet);
    }

    /// <summary>Takes in what players measured, and compiles anew the rows that it changes.</summary>
    private bool Relearn()
    {
        if (Rtts is not { } book) return false;
        book.Tick(_clock.NowMs);
        if (_tables is null || book.TakeChangedCells(_clock.NowMs) is not { Count: > 0 } cells) return false;
        _tables = _compiler.Rebuild(_tables, cells, _fleet);
        return true;
    }

    /// <summary>Whoever plans may be stuck or gone, and cannot say so: a plan that nobody has confirmed for long is of another time.</summary>
    private void ForgetOldPrices()
    {
        if (!_pricesHold || _prices is not { } prices || prices.HoldAt(_clock.NowMs)) return;
        _pricesHold = false;
        for (int site = 0; site < prices.AskedMs.Length; site++) _load.SetPlanned(site, 0);
    }

    private void ExpireSome()
    {
        // A tenth of the table each tick, so all of it once a second.
        int used = _sessions.UsedPlaces;
        int slice = (used / 10) + 1;
        Expired += _sessions.Expire(_clock.NowS, _expireFrom, slice);
        _expireFrom = _expireFrom + slice >= used ? 0 : _expireFrom + slice;
    }

    private void Publish(bool always)
    {
        if (_tables is null || _configuration is null || _locator is null) return;
        bool changed = always || _silence.Frozen != Publisher.Current?.Frozen;
        foreach (NodeStatus node in _nodes)
        {
            int index = node.Node.Index;
            bool doubted = _failures.IsDoubted(node);
            Eligibility standing = Standing(node);
            changed |= standing != _standings[index] || doubted != _doubted[index];
            _standings[index] = standing;
            _doubted[index] = doubted;
        }
        foreach (SiteState site in _sites)
        {
            float extra = site.Nodes.Any(n => n.Freshness == Freshness.Suspect) ? _suspectMs : 0;
            changed |= extra != _extras[site.Index];
            _extras[site.Index] = extra;
        }
        if (!changed) return;
        PublishedAtMs ??= _clock.NowMs;
        Publisher.Publish(RoutingSnapshotBuilder.Build(
            ++_version, _configuration.Revision, _locator, _tables.Tables[0].Candidates, _fleet, _standings, _doubted, _extras, _silence.Frozen,
            _load, _streams, _tables.Tables[0].Policy, _tables));
    }

    private Eligibility Standing(NodeStatus node) =>
        node.Order.Drained ? Eligibility.Drained
        : !node.Order.InService ? Eligibility.OutOfService
        : node.Freshness == Freshness.Unheard ? Eligibility.Unheard
        : node.State == NodeState.Down ? Eligibility.Down
        : node.State == NodeState.Draining ? Eligibility.NodeDraining
        : node.Freshness == Freshness.Silent ? Eligibility.Silent
        : _failures.IsEjected(node) ? Eligibility.Ejected
        : Eligibility.Eligible;
}
