using System.Threading.Channels;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;
using Scheduler.State.Control;
using Scheduler.State.Sites;

namespace Scheduler.State.Upstreams;

/// <summary>
/// Keeps what is known of streams and links up to date. The writers of sites leave it every report they applied; <see cref="Step"/> takes them in, so that what
/// streams do holds up neither a writer nor a request. It publishes one <see cref="View"/>, from which every question for an upstream is answered.
/// </summary>
public sealed class UpstreamLoop
{
    /// <summary>Time between two steps, ms.</summary>
    public const int StepMs = 100;

    private const int QueueLength = 65_536;
    private const long SweepMs = 1_000;

    private readonly SchedulerClock _clock;
    private readonly SnapshotPublisher _publisher;
    private readonly Func<int, NodeStatus?> _nodeAt;
    private readonly Channel<ReportEnvelope> _reports;
    private readonly LinkReports _pulls = new();
    private readonly PullPaces _paces;
    private volatile UpstreamView? _view;
    private volatile UpstreamCounts _counts = UpstreamCounts.None;
    private volatile PullDrain[] _drains = [];
    private long _dropped;
    private long _sweptAtMs = long.MinValue / 2;

    /// <summary>A loop that knows nothing yet.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="publisher">Where snapshots come from.</param>
    /// <param name="nodeAt">The status of a node, by index; null where there is no node.</param>
    /// <param name="streamCapacity">Streams remembered at once; over 0.</param>
    public UpstreamLoop(SchedulerClock clock, SnapshotPublisher publisher, Func<int, NodeStatus?> nodeAt, int streamCapacity)
    {
        (_clock, _publisher, _nodeAt) = (clock, publisher, nodeAt);
        Streams = new StreamBook(streamCapacity);
        Desk = new UpstreamDesk(this, clock);
        _paces = new PullPaces(Desk);
        _reports = Channel.CreateBounded<ReportEnvelope>(
            new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Where each stream comes in and is watched.</summary>
    public StreamBook Streams { get; }

    /// <summary>Tells nodes from where to pull.</summary>
    public UpstreamDesk Desk { get; }

    /// <summary>What questions are answered from; null before the first step that found a snapshot.</summary>
    public UpstreamView? View => _view;

    /// <summary>What comes in and goes out of IDCs, as of the last second.</summary>
    public UpstreamCounts Counts => _counts;

    /// <summary>Reports that came faster than they could be taken in, since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Leaves a report that was applied to its site. Any thread; never waits.</summary>
    public void Offer(in ReportEnvelope envelope) => _reports.Writer.TryWrite(envelope);

    /// <summary>Takes the drains that are under way into force. Any thread.</summary>
    internal void Obey(PullDrain[] drains) => _drains = drains;

    /// <summary>Takes in what was left, moves pulls on, and once a second forgets what has ended. One thread at a time.</summary>
    public void Step()
    {
        if (_publisher.Current is not { } snapshot) return;
        UpstreamView view = Renew(snapshot);
        while (_reports.Reader.TryRead(out ReportEnvelope envelope))
        {
            Streams.Apply(envelope.Node, envelope.Report, envelope.ReceivedAtMs, envelope.ReceivedAtUnixMs);
            _pulls.Apply(envelope.Node, envelope.Report, view.Links);
        }
        view.Links.Tick(_clock.NowMs);
        if (_clock.NowMs - _sweptAtMs >= SweepMs)
        {
            _sweptAtMs = _clock.NowMs;
            Sweep(snapshot, ref view);
        }
        _view = view;
    }

    private void Sweep(RoutingSnapshot snapshot, ref UpstreamView view)
    {
        Streams.Sweep(_clock.NowMs, IsKnown);
        _pulls.Sweep(IsKnown, view.Links);
        Desk.Sweep(view);
        int[] arrivals = new int[snapshot.Fleet.Nodes.Length], pulls = new int[snapshot.Fleet.Sites.Length];
        var kbps = new long[pulls.Length];
        Streams.CountArrivals(arrivals);
        _pulls.Count(pulls, kbps);
        _counts = new UpstreamCounts(arrivals, pulls, kbps);
        ParentDrains drains = _paces.Step(view, _drains, _clock.UtcNow);
        if (!ReferenceEquals(drains, view.Drains)) view = view with { Drains = drains };
    }

    private bool IsKnown(NodeStatus node) => ReferenceEquals(_nodeAt(node.Node.Index), node);

    /// <summary>The view over the snapshot in force; what links carry goes along when the fleet changes.</summary>
    private UpstreamView Renew(RoutingSnapshot snapshot)
    {
        if (_view is { } present && ReferenceEquals(present.Snapshot, snapshot)) return present;
        if (_view is { } before && ReferenceEquals(before.Snapshot.Fleet, snapshot.Fleet) && before.Snapshot.Policy.Cost == snapshot.Policy.Cost)
            return before with { Snapshot = snapshot };
        UpstreamTable table = UpstreamTable.Build(snapshot.Fleet, snapshot.Policy.Cost.PriceWeight);
        LinkLoads links = _view?.Links.On(table) ?? new LinkLoads(table, snapshot.Policy.Penalty);
        _pulls.Become(snapshot.Fleet);
        return new UpstreamView(snapshot, table, Streams.Homes, links, _view?.Drains ?? ParentDrains.None, UpstreamPolicy.Default);
    }
}
