using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// What the paths to one node cost, and which of them exist at a standard of eligibility. Lives on the stack, for one question. The cost of a path, in
/// ms-equivalents: round-trip time and price of its hops, m(u) of their links and of the IDCs at their ends; the second hop's price and load only where the
/// relay does not carry the stream yet.
/// </summary>
internal readonly ref struct UpstreamPaths
{
    private readonly UpstreamView _view;
    private readonly RoutingSnapshot _snapshot;
    private readonly UpstreamQuestion _question;
    private readonly StreamEntry _entry;
    private readonly StreamHome _home;
    private readonly bool _lastResort;

    public UpstreamPaths(UpstreamView view, in UpstreamQuestion question, StreamHome home, bool lastResort)
    {
        _view = view;
        _snapshot = view.Snapshot;
        _question = question;
        _entry = view.Snapshot.Streams.Find(question.Stream, question.WarmEpoch);
        _lastResort = lastResort;
        Site = _snapshot.Fleet.SiteOf(question.Node);
        Current = question.Current is { } current ? _snapshot.Fleet.SiteOf(current) : null;
        // The backup serves where the home cannot: what arrives there is the same stream.
        _home = home.Backup is { } backup && !IsOpen(home.Node) && IsOpen(backup) ? new StreamHome(backup, home.Node) : home;
        Home = _snapshot.Fleet.SiteOf(_home.Node);
        Spare = _home.Backup is { } spare ? _snapshot.Fleet.SiteOf(spare) : null;
    }

    /// <summary>Site that asks.</summary>
    public int Site { get; }

    /// <summary>Site that the stream is pulled from in the end.</summary>
    public int Home { get; }

    /// <summary>Site of the other publisher's copy; null without one.</summary>
    public int? Spare { get; }

    /// <summary>Site that is pulled from now; null without one.</summary>
    public int? Current { get; }

    /// <summary>The node at which the stream arrives at a site; null at a relay.</summary>
    public int? EntryAt(int site) => site == Home ? _home.Node : site == Spare ? _home.Backup : null;

    /// <summary>True when a node may be named for this stream.</summary>
    public bool IsOpen(int node) => IsOpen(_snapshot.Fleet.SiteOf(node), _snapshot.Node(node).Eligibility, _lastResort);

    /// <summary>True when a node may be named for this stream where nothing is a last resort.</summary>
    public bool IsWell(int node) => IsOpen(_snapshot.Fleet.SiteOf(node), _snapshot.Node(node).Eligibility, lastResort: false);

    /// <summary>
    /// True when a node has room for the stream, or carries it for this child now. What it carries counts, not what this replica may hand out of it: viewers' escrow
    /// leaves no replica room where another has some, and without a pull all viewers of the child would go without.
    /// </summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="ratio">How utilised it would be.</param>
    /// <remarks>A drained node's capacity is what it carries: it carries that on until the stream's turn, and
    /// what arrives there can be had nowhere else: while its publisher has not moved, relays pull it from there.</remarks>
    public bool HasRoom(int node, out double ratio)
    {
        ref NodeLedger ledger = ref _snapshot.Load.Node(node);
        ratio = (ledger.LoadKbps + (node == _question.Current ? 0 : _question.Kbps)) * ledger.InverseCapacity;
        return ratio <= 1 || CarriesOn(node);
    }

    private bool CarriesOn(int node) => _snapshot.Node(node).Eligibility == Eligibility.Drained
        && (node == _question.Current || (_lastResort && (node == _home.Node || node == _home.Backup)));

    /// <summary>Weighs the path over a way.</summary>
    /// <param name="way">Index of the way.</param>
    /// <param name="path">The path; meaningless unless it can be used.</param>
    /// <returns>Named or last resort when it can be used, else why not.</returns>
    public UpstreamOutcome Weigh(int way, out UpstreamPath path)
    {
        path = default;
        LinkLoads links = _view.Links;
        ref readonly UpstreamWay first = ref _view.Table.Way(way);
        int idc = first.From;
        _snapshot.FetchNodesOf(idc);
        if (links.IsClosed(way)) return UpstreamOutcome.NoWay;
        if (!IsOpen(idc, _snapshot.Site(idc).Eligibility, _lastResort)) return UpstreamOutcome.NoParent;
        if (!Fits(way, idc == Current, out double loadMs)) return UpstreamOutcome.NoRoom;
        double rtt = first.RttMs, cost = rtt + first.PriceMs + loadMs + _snapshot.Load.Prices[idc];
        // Out of its region a PoP pulls for itself alone.
        if (!_view.Table.InOneRegion(Site, idc)) cost += _view.Policy.CrossingMs;
        if (idc == Home || idc == Spare)
        {
            path = new UpstreamPath(idc, way, (float)cost, (float)rtt, Relays: false, Carries: true);
            return UpstreamOutcome.Named;
        }
        if (!_view.Table.TryFindWay(idc, Home, out int onward) || links.IsClosed(onward)) return UpstreamOutcome.NoWay;
        ref readonly UpstreamWay second = ref _view.Table.Way(onward);
        bool carries = idc == Current || _entry.IsWarmAt(idc);
        rtt += second.RttMs;
        cost += second.RttMs;
        if (!carries)
        {
            if (!Fits(onward, held: false, out double onwardMs)) return UpstreamOutcome.NoRoom;
            cost += second.PriceMs + onwardMs + _snapshot.Load.Prices[Home] + (_view.Table.InOneRegion(idc, Home) ? _view.Policy.ColdMs : _view.Policy.CrossingMs);
        }
        path = new UpstreamPath(idc, way, (float)cost, (float)rtt, Relays: true, carries);
        return UpstreamOutcome.Named;
    }

    /// <summary>True when the site or node may be named: eligible, or drained by and by and the stream's turn has not come.</summary>
    private bool IsOpen(int site, Eligibility standing, bool lastResort) => standing switch
    {
        Eligibility.Eligible => !_view.Drains.IsPaced(site) || lastResort || _view.Drains.Keeps(site, _question.Stream),
        Eligibility.Silent => _snapshot.Frozen || lastResort,
        Eligibility.Drained => lastResort || _view.Drains.Keeps(site, _question.Stream),
        Eligibility.NodeDraining or Eligibility.Ejected => lastResort,
        _ => false,
    };

    private bool Fits(int way, bool held, out double loadMs)
    {
        long load = _view.Links.LoadKbps(way) + (held ? 0 : _question.Kbps);
        loadMs = _view.Links.PriceMs(way, load);
        return load <= _view.Table.Way(way).CapacityKbps || (held && load - _question.Kbps <= _view.Table.Way(way).CapacityKbps);
    }
}
