using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.State.Sites;
using Scheduler.State.Upstreams;

namespace Scheduler.State.Drains;

/// <summary>
/// Carries drains out: closes targets step by step, lets their sessions move at a pace that the receivers bear, and tells how far each has come. Part of the
/// control loop, which alone calls what changes anything; <see cref="Progress"/> and <see cref="Gate"/> are for everybody.
/// </summary>
public sealed class DrainLoop
{
    private const long LookMs = 1_000;

    /// <summary>A session of before a restart beats within this time or not at all, ms.</summary>
    private const long LongestTokenMs = 300_000;

    private readonly SchedulerClock _clock;
    private readonly SessionTable _sessions;
    private readonly LiveLoad _load;
    private readonly ReceiverWatch _receivers;
    private readonly UpstreamLoop _upstreams;
    private readonly Func<DrainCourse, RampLoad> _measure;
    private readonly List<DrainCourse> _courses = [];
    private volatile DrainProgress[] _progress = [];
    private RoutingSnapshot? _snapshot;
    private long _filledAtMs;
    private long _sitesFilledAtMs;
    private long _lookedAtMs = long.MinValue / 2;

    internal DrainLoop(SchedulerClock clock, SessionTable sessions, LiveLoad load, UpstreamLoop upstreams)
    {
        _upstreams = upstreams;
        (_clock, _sessions, _load) = (clock, sessions, load);
        _receivers = new ReceiverWatch(sessions, load);
        Gate = new MigrationGate(_receivers);
        _measure = Measure;
    }

    /// <summary>Where sessions ask whether they may move.</summary>
    public MigrationGate Gate { get; }

    /// <summary>The drains that there are, in the order in which they were made, as of the last second.</summary>
    public ImmutableArray<DrainProgress> Progress => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(_progress);

    /// <summary>How far a drain has come; null when there is none of that id.</summary>
    public DrainProgress? Find(string id) => Array.Find(_progress, progress => progress.Drain.Id == id);

    /// <summary>Takes the drains of a configuration into force.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="nodes">Its nodes, in the order of its fleet.</param>
    /// <param name="sites">One over the greatest site index.</param>
    internal void Obey(Configuration configuration, NodeStatus[] nodes, int sites)
    {
        Dictionary<string, DrainCourse> known = _courses.ToDictionary(course => course.Drain.Id);
        _courses.Clear();
        foreach (Drain drain in configuration.Drains)
        {
            DrainCourse course = known.GetValueOrDefault(drain.Id) ?? new DrainCourse(drain);
            course.Become(drain, [.. DrainTargets.Resolve(configuration.Fleet, drain.Target).Select(position => nodes[position])], sites);
            course.Step(_clock.UtcNow, _clock.NowMs, _measure);
            _courses.Add(course);
        }
        Point(sites);
        Refill();
        Look(frozen: false);
    }

    /// <summary>Tells what drains leave open of each node's free part.</summary>
    /// <param name="admitting">Output, by node index: shares in [0, 1].</param>
    internal void Fill(Span<double> admitting)
    {
        admitting.Fill(1);
        foreach (DrainCourse course in _courses)
        {
            if (!course.IsUnderWay) continue;
            foreach (NodeStatus node in course.Nodes) admitting[node.Node.Index] = Math.Min(admitting[node.Node.Index], course.Admitting);
        }
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="snapshot">The snapshot in force; null before the first.</param>
    /// <param name="sites">All sites.</param>
    /// <param name="frozen">True while most sites are silent.</param>
    /// <returns>True when what some drain leaves open has changed: nodes are to be ordered anew.</returns>
    internal bool Tick(RoutingSnapshot? snapshot, IReadOnlyList<SiteState> sites, bool frozen)
    {
        _snapshot = snapshot;
        RefillSites();
        if (_courses.Count == 0)
        {
            _receivers.Rest();
            return false;
        }
        bool changed = false;
        foreach (DrainCourse course in _courses) changed |= course.Step(_clock.UtcNow, _clock.NowMs, _measure);
        if (changed) Point(snapshot?.Fleet.Sites.Length ?? 0);
        Refill();
        if (!changed && _clock.NowMs - _lookedAtMs < LookMs) return false;
        if (snapshot is not null && _courses.Exists(course => course.Migrates)) _receivers.Look(sites, snapshot.Fleet, snapshot.Policy.Receivers);
        else _receivers.Rest();
        Look(frozen);
        return changed;
    }

    /// <summary>Has the sessions of each closed node ask the drain that closed it.</summary>
    private void Point(int sites)
    {
        var courseOfNode = new DrainCourse?[_courses.SelectMany(course => course.Nodes).Select(node => node.Node.Index + 1).DefaultIfEmpty().Max()];
        foreach (DrainCourse course in _courses)
        {
            if (!course.Migrates) continue;
            foreach (NodeStatus node in course.Nodes) courseOfNode[node.Node.Index] ??= course;
        }
        Gate.Become(courseOfNode, sites);
    }

    private void Refill()
    {
        long ms = Math.Min(LookMs, _clock.NowMs - _filledAtMs);
        _filledAtMs = _clock.NowMs;
        foreach (DrainCourse course in _courses)
            if (course.Migrates) course.Refill(1.0 / _load.Replicas, OursAt(course).Kbps, _clock.UtcNow, ms);
    }

    private void RefillSites()
    {
        long ms = Math.Min(LookMs, _clock.NowMs - _sitesFilledAtMs);
        _sitesFilledAtMs = _clock.NowMs;
        Gate.Refill(_load, Bounds.MostUtilisation, ms);
    }

    /// <summary>Looks at the receivers, and puts down how far each drain has come.</summary>
    private void Look(bool frozen)
    {
        _lookedAtMs = _clock.NowMs;
        var progress = new DrainProgress[_courses.Count];
        var pulls = new List<PullDrain>();
        for (int i = 0; i < progress.Length; i++)
        {
            DrainCourse course = _courses[i];
            NodeSessions left = LeftAt(course, out bool isSure);
            ImmutableArray<int> whole = WholeSitesOf(course);
            if (course.IsUnderWay && !whole.IsEmpty) pulls.Add(new PullDrain(course.Drain.Id, course.Drain.StartsAt, course.Drain.Ramp, whole));
            UpstreamCounts counts = _upstreams.Counts;
            int publishersLeft = course.Nodes.Sum(node => counts.ArrivalsAt(node.Node.Index)), pullsLeft = whole.Sum(counts.PullsFrom);
            if (course.Migrates) Watch(course, frozen);
            progress[i] = new DrainProgress(
                course.Drain, course.PhaseOf(isEmpty: left.Count + publishersLeft + pullsLeft == 0 && isSure), course.IsUnderWay ? course.Admitting : 1, left.Count, left.Kbps, course.Moved, course.Paused,
                course.Receivers, course.Waiting, Bounds, course.LateMs(_clock.NowMs), course.EmptyInMs(left.Kbps, _clock.NowMs))
            {
                PublishersLeft = publishersLeft,
                PullsLeft = pullsLeft,
                Feeds = course.Nodes.Any(node => (node.Node.Node.Roles & (NodeRoles.Ingest | NodeRoles.Origin)) != 0),
            };
        }
        _upstreams.Obey([.. pulls]);
        _progress = progress;
    }

    private ReceiverBounds Bounds => _snapshot?.Policy.Receivers ?? ReceiverBounds.Default;

    private ImmutableArray<int> WholeSitesOf(DrainCourse course)
    {
        if (_snapshot is not { } snapshot) return [];
        var closing = new bool[snapshot.Fleet.Sites.Length];
        course.MarkWholeSites(snapshot.Fleet, closing);
        return [.. Enumerable.Range(0, closing.Length).Where(site => closing[site])];
    }

    private void Watch(DrainCourse course, bool frozen)
    {
        var waiting = new List<WaitingReceiver>();
        int receivers = 0;
        long failures = 0, sessions = 0;
        foreach (IndexedSite? site in _snapshot?.Fleet.Sites ?? [])
        {
            if (site is null || !course.IsReceiver(site.Index, _clock.NowMs)) continue;
            receivers++;
            failures += _receivers.FailuresOf(site.Index);
            sessions += _receivers.SessionsOf(site);
            if (_receivers.CauseOf(site.Index) is not { } cause) continue;
            course.StaysReceiver(site.Index, _clock.NowMs);
            waiting.Add(new WaitingReceiver(site.Site.Id, cause, _receivers.UtilisationOf(site.Index)));
        }
        course.Watch(
            receivers, [.. waiting.OrderByDescending(w => w.Cause).ThenByDescending(w => w.Utilisation)], MigrationBrake.Failing(failures, sessions), Bounds, frozen, _clock.NowMs);
    }

    /// <summary>
    /// Who is left at a target: whom its nodes report, or whom this replica holds where that is more. After a restart nobody has beaten yet, and other replicas' sessions
    /// are theirs to know; somebody will pull a plug upon this answer.
    /// </summary>
    /// <param name="course">The drain.</param>
    /// <param name="isSure">False while a node has not been heard since the process began, and sessions of before may still come.</param>
    private NodeSessions LeftAt(DrainCourse course, out bool isSure)
    {
        NodeSessions left = OursAt(course);
        long sessions = 0, kbps = 0;
        isSure = true;
        foreach (NodeStatus node in course.Nodes)
        {
            isSure &= node.HeardAtMs is not null || _clock.NowMs >= LongestTokenMs;
            if (node.Freshness is not (Freshness.Fresh or Freshness.Suspect)) continue;
            (sessions, kbps) = (sessions + node.Report.Sessions, kbps + node.Report.LoadKbps);
        }
        return new NodeSessions { Count = Math.Max(left.Count, sessions), Kbps = Math.Max(left.Kbps, sessions == 0 ? 0 : kbps) };
    }

    private NodeSessions OursAt(DrainCourse course)
    {
        var left = new NodeSessions();
        foreach (NodeStatus node in course.Nodes)
        {
            NodeSessions there = _sessions.Node(node.Node.Index);
            left.Count += there.Count;
            left.Kbps += there.Kbps;
        }
        return left;
    }

    /// <summary>What a course has left to close, all that was ever assigned to its target, by all replicas if they did as we did, and what its receivers can take in.</summary>
    private RampLoad Measure(DrainCourse of)
    {
        long free = 0, assigned = 0;
        foreach (NodeStatus node in of.Nodes)
        {
            assigned += _load.Replicas * Volatile.Read(ref _load.Node(node.Node.Index).Assigned);
            if (node.HeardAtMs is not null) free += Math.Max(0, node.CapacityKbps - _load.NodeLoadKbps(node.Node.Index));
        }
        if (_snapshot is not { } snapshot) return new RampLoad(free, assigned, 0);

        var closing = new bool[snapshot.Fleet.Sites.Length];
        foreach (DrainCourse course in _courses)
            if (course.IsUnderWay) course.MarkWholeSites(snapshot.Fleet, closing);
        var demand = new long[snapshot.Candidates.Cells.Length];
        for (int cell = 0; cell < demand.Length; cell++) demand[cell] = _sessions.CellKbps(snapshot.Candidates.Cells[cell].Number);
        var receivers = new bool[closing.Length];
        DrainReceivers.Mark(snapshot, closing, demand, receivers);
        // Where a part of a site is drained, the rest of it is the first to take over.
        foreach (NodeStatus node in of.Nodes)
            if (!closing[node.Node.SiteIndex]) receivers[node.Node.SiteIndex] = true;
        return new RampLoad(free, assigned, DrainReceivers.HeadroomKbps(_load, receivers, snapshot.Policy.Receivers.MostUtilisation));
    }
}
