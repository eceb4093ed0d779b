using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State;
using Scheduler.State.Control;
using Scheduler.State.Sessions;
using Scheduler.State.Sites;
using Scheduler.Tests.Core.Dispatch;
using Scheduler.Tests.Core.Geo;

namespace Scheduler.Tests.State;

/// <summary>The slow side of one replica under a clock that moves only when told to: no thread, no server, no store.</summary>
internal sealed class Replica
{
    /// <summary>Ticks come at an odd pace, so that nothing can rely on round numbers.</summary>
    private const int TickMs = 97;
    private const int ReportMs = 1_000;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<string, long> _sequences = [];
    private long _revision;

    /// <summary>Sites p00, p01, … eastward from London, each with as many nodes of <see cref="World.NodeKbps"/>.</summary>
    public Replica(int sites = 3, int nodesPerSite = 2, ControlOptions? options = null, SessionRules? rules = null, int capacity = 100_000)
    {
        Time = new VirtualClock();
        Clock = new SchedulerClock(Time);
        Table = new SessionTable(capacity, boot: 7, Clock.NowS);
        Control = new ControlLoop(Clock, options ?? ControlOptions.Default, Table, new SnapshotPublisher());
        Desk = new SessionDesk(Table, Clock, rules ?? SessionRules.Default, Control, salt: 42);
        Assert.True(CellLocator.TryCreate(TestMaps.Small, null, [], out CellLocator? locator, out _));
        Control.Apply(new Geography(locator, [.. TestMaps.Cells.Select((c, i) => new CellPlace(c.Id, i + 1, c.Country, c.Location))]));
        Configure(World.FleetOf(sites, nodesPerSite));
    }

    public VirtualClock Time { get; }

    public SchedulerClock Clock { get; }

    public SessionTable Table { get; }

    public ControlLoop Control { get; }

    public SessionDesk Desk { get; }

    public Configuration Configuration { get; private set; } = Configuration.Empty;

    public RoutingSnapshot Snapshot => Control.Publisher.Current!;

    /// <summary>Dense index of the London cell.</summary>
    public static int London => 1;

    /// <summary>Takes a new configuration into force; parts that are not given stay.</summary>
    public void Configure(Fleet? fleet = null, IEnumerable<Drain>? drains = null, IEnumerable<NodeOverride>? overrides = null, Policy? policy = null)
    {
        Fleet present = fleet ?? Configuration.Fleet;
        var numbers = fleet is null
            ? Configuration.Numbers
            : new FleetNumbers([.. present.Sites.Select(s => Number("site " + s.Id))], [.. present.Nodes.Select(n => Number("node " + n.Id))]);
        Configuration = new Configuration(
            ++_revision, present, overrides is null ? Configuration.Overrides : [.. overrides], drains is null ? Configuration.Drains : [.. drains], numbers)
        {
            Policy = policy ?? Configuration.Policy,
        };
        Control.Apply(Configuration);
    }

    /// <summary>Drains a site or, given its id, a node.</summary>
    public void Drain(string id) => Configure(drains: [DrainOf(id)]);

    /// <summary>A drain of a site or, given its id, a node; begins now and lasts an hour.</summary>
    public Drain DrainOf(string id, string drain = "d-1") => new(
        drain, new DrainTarget(id.Contains('-') ? DrainTargetKind.Node : DrainTargetKind.Site, id), "test", "test", Clock.UtcNow, Clock.UtcNow.AddHours(1));

    public int Index(string node) => Snapshot.Fleet.TryFindNode(node, out int index) ? index : throw new ArgumentException(node);

    public NodeStatus Node(string node) => Control.NodeAt(Index(node))!;

    public SiteState Site(string site) => Control.SiteAt(Snapshot.Fleet.TryFindSite(site, out int index) ? index : throw new ArgumentException(site))!;

    public Eligibility Standing(string node) => Snapshot.Node(Index(node)).Eligibility;

    public ref NodeLedger Ledger(string node) => ref Snapshot.Load.Node(Index(node));

    /// <summary>What may still be assigned to a node, kbit/s.</summary>
    public long Room(string node) => Ledger(node).Ceiling - Ledger(node).Assigned;

    public long Load(string node) => Snapshot.Load.NodeLoadKbps(Index(node));

    /// <summary>A report of a node; what is not given is ordinary, and its sequence the next one.</summary>
    public ReportVerdict Report(
        string node, long egress = 0, long capacity = World.NodeKbps, long incarnation = 1, long? sequence = null, long? atOffsetMs = null,
        NodeState state = NodeState.Serving, double? cpu = null, ImmutableArray<ReportedLimit>? limits = null,
        int sessions = 0, long ingress = 0, ImmutableArray<StreamLoad>? streams = null, ImmutableArray<ReportedPull>? pulls = null)
    {
        NodeStatus status = Node(node);
        long next = sequence ?? (_sequences[node] = _sequences.GetValueOrDefault(node) + 1);
        long? at = atOffsetMs is { } offset ? Clock.UnixMs + offset : null;
        var report = new NodeReport(incarnation, next, at, capacity, egress, sessions, state, cpu, limits ?? [], streams ?? [], [])
        {
            IngressKbps = ingress,
            Pulls = pulls ?? [],
        };
        var envelope = new ReportEnvelope(Control.SiteAt(status.Node.SiteIndex)!, status, report, Clock.NowMs, Clock.UnixMs);
        return ReportIntake.Apply(in envelope, Snapshot.Streams, Control.Upstreams);
    }

    /// <summary>All nodes report that they carry what their live sessions weigh, then one tick makes it known.</summary>
    public void ReportAll(Func<string, bool>? speaks = null)
    {
        foreach (IndexedNode node in Snapshot.Fleet.Nodes.OfType<IndexedNode>())
            if (speaks?.Invoke(node.Node.Id) ?? true) Report(node.Node.Id, Table.Node(node.Index).Kbps);
        Tick();
    }

    /// <summary>Lets time pass, ticking; nodes report once a second where they speak (by default all do).</summary>
    public void Run(double seconds, Func<string, bool>? speaks = null)
    {
        long end = Clock.NowMs + (long)(seconds * 1_000), next = Clock.NowMs;
        while (Clock.NowMs < end)
        {
            if (Clock.NowMs >= next)
            {
                ReportAll(speaks);
                next += ReportMs;
            }
            Time.Advance(TimeSpan.FromMilliseconds(Math.Min(TickMs, end - Clock.NowMs)));
            Tick();
        }
    }

    /// <summary>Lets time pass in which no node speaks.</summary>
    public void RunSilent(double seconds) => Run(seconds, _ => false);

    public void Tick()
    {
        foreach (SiteState site in Control.Sites) site.Tick(Clock.NowMs);
        Control.Tick();
        Control.Upstreams.Step();
    }

    /// <summary>Where a viewer in London would go now.</summary>
    public Decision Look(ulong stream = 1, int want = 3)
    {
        Desk.Look(Snapshot, new SessionOrder { Cell = London, Row = London, Stream = stream, Want = want }, out Decision decision);
        return decision;
    }

    /// <summary>Opens a session of a viewer in London.</summary>
    public bool TryOpen(out SessionClaims claims, out Decision decision, ulong stream = 1, long? bitrateBps = null, SessionClaims? previous = null) => Desk.TryOpen(
        Snapshot, new SessionOrder { Cell = London, Row = London, Stream = stream, BitRateBps = bitrateBps, Want = 3 }, in previous, out decision, out claims);

    public SessionClaims Open(ulong stream = 1, long? bitrateBps = null, SessionClaims? previous = null)
    {
        Assert.True(TryOpen(out SessionClaims claims, out _, stream, bitrateBps, previous));
        return claims;
    }

    public string NodeOf(in Choice choice) => Snapshot.Fleet.Nodes[choice.Node]!.Node.Id;

    /// <summary>Id of the node that a token names.</summary>
    public string NodeOf(in SessionClaims claims) =>
        Snapshot.Fleet.TryFindNodeByNumber(claims.Node, out int node) ? Snapshot.Fleet.Nodes[node]!.Node.Id : throw new ArgumentException("gone");

    private int Number(string name)
    {
        if (!_numbers.TryGetValue(name, out int number)) _numbers[name] = number = _numbers.Count + 1;
        return number;
    }
}
