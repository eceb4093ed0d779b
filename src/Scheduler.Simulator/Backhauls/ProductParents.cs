using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Core.Upstreams;
using Scheduler.Simulator.Policies;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Backhauls;

/// <summary>The product: parents by <see cref="UpstreamChooser"/> on the snapshot of the replica that leads, publishers by its dispatcher.</summary>
internal sealed class ProductParents(Replica replica, VirtualClock clock, UpstreamTable table, Fleet fleet, int kbps) : IParents
{
    private readonly LinkLoads _links = new(table, replica.Snapshot.Policy.Penalty);
    private readonly List<Leaving> _leaving = [];
    private int[] _closedToPublishers = [];
    private ParentDrains _drains = ParentDrains.None;
    private UpstreamView? _view;

    /// <summary>An IDC whose streams leave by and by.</summary>
    private sealed record Leaving(string Id, int Site, long FromMs, double RampS, ReparentPace Pace)
    {
        public double ShareAt(long nowMs, double aheadS = 0) => ReparentPace.ShareAt(((nowMs - FromMs) / 1_000.0) + aheadS, RampS);
    }

    /// <inheritdoc/>
    public StreamHomes Homes { get; } = new();

    private long NowS => clock.NowMs / 1_000;

    private UpstreamView View => _view ??= new UpstreamView(replica.Snapshot, table, Homes, _links, _drains, UpstreamPolicy.Default);

    /// <inheritdoc/>
    public void Tick(long nowMs)
    {
        _links.Tick(nowMs);
        if (nowMs % 1_000 == 0) Homes.Expire(NowS);
        foreach (Leaving leaving in _leaving) _drains = _drains.With(leaving.Site, leaving.Pace, leaving.ShareAt(nowMs));
        _view = null;
    }

    /// <inheritdoc/>
    public void Hear(in PullReport report)
    {
        _links.Report(replica.Snapshot.Fleet.SiteOf(report.Node), report.Node, report.Pulls);
        foreach (ulong stream in report.Arriving) Homes.Arrived(stream, report.Node, NowS);
    }

    /// <inheritdoc/>
    public void LinkChanged(int way, bool closed) => _links.SetClosed(way, closed);

    /// <inheritdoc/>
    public void Obey(ImmutableArray<Drain> drains, Func<int, IReadOnlyCollection<PulledStream>> pulled)
    {
        foreach (Leaving gone in _leaving.Where(l => drains.All(d => d.Id != l.Id)).ToArray())
        {
            _leaving.Remove(gone);
            _drains = _drains.With(gone.Site, null, 0);
        }
        foreach (Drain drain in drains)
        {
            if (_leaving.Any(l => l.Id == drain.Id) || !fleet.TryFindSite(drain.Target.Value, out int site) || !table.IsIdc(site)) continue;
            _leaving.Add(new Leaving(drain.Id, site, clock.NowMs, drain.Ramp.TotalSeconds, ReparentPace.Of(pulled(site))));
        }
        // A ramp leaves an IDC open to viewers for a while; who has to leave it must not be sent back to another of its nodes.
        _closedToPublishers = [.. _leaving.SelectMany(leaving => replica.Snapshot.Fleet.Sites[leaving.Site]!.Nodes)];
        _view = null;
    }

    /// <inheritdoc/>
    public int Ask(ulong stream, int node, int? current, double aheadS, Span<UpstreamParent> parents)
    {
        UpstreamView view = View;
        if (aheadS > 0) view = view with { Drains = Ahead(aheadS) };
        var question = new UpstreamQuestion(stream, node, kbps, StreamTable.EpochOf(NowS), current);
        return UpstreamChooser.Choose(view, in question, parents).Count;
    }

    /// <inheritdoc/>
    public void Began(ulong stream, int node, in UpstreamParent parent, bool reported)
    {
        var question = new UpstreamQuestion(stream, node, kbps, StreamTable.EpochOf(NowS), parent.Node);
        if (reported) UpstreamChooser.Keep(View, in question);
        else UpstreamChooser.Begin(View, in question, in parent);
    }

    /// <inheritdoc/>
    public void Kept(ulong stream, int node, int parent)
    {
        var question = new UpstreamQuestion(stream, node, kbps, StreamTable.EpochOf(NowS), parent);
        UpstreamChooser.Keep(View, in question);
    }

    /// <inheritdoc/>
    public int? Publish(ulong stream, int cell, int? current)
    {
        // He looks: what he sends comes in, and takes nothing of what the node can send.
        var request = new DispatchRequest
        {
            Cell = cell, Row = cell, Stream = stream, Kbps = kbps, Role = NodeRoles.Ingest, Protocols = StreamProtocols.None,
            WarmEpoch = StreamTable.EpochOf(NowS), Want = 1, LookOnly = true, Exclude = _closedToPublishers,
        };
        Dispatcher.Decide(View.Snapshot, in request, out Decision decision);
        return decision.Count > 0 ? decision[0].Node : null;
    }

    /// <inheritdoc/>
    public bool MustLeave(ulong stream, int site, double aheadS)
    {
        foreach (Leaving leaving in _leaving)
            if (leaving.Site == site && leaving.Pace.HasLeft(stream, leaving.ShareAt(clock.NowMs, aheadS))) return true;
        return false;
    }

    /// <inheritdoc/>
    public bool IsLeft(int site)
    {
        foreach (Leaving leaving in _leaving)
            if (leaving.Site == site) return true;
        return false;
    }

    private ParentDrains Ahead(double aheadS)
    {
        ParentDrains drains = _drains;
        foreach (Leaving leaving in _leaving) drains = drains.With(leaving.Site, leaving.Pace, leaving.ShareAt(clock.NowMs, aheadS));
        return drains;
    }
}
