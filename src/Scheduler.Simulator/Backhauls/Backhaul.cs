using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Upstreams;
using Scheduler.Simulator.Nodes;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Simulator.Backhauls;

/// <summary>
/// What truly happens behind the edge: publishers send streams to IDCs, each node pulls each stream that it needs once from the parent that it was told, and
/// relays pull in turn. Counts what links carry, and gives the parents' egress to the nodes.
/// </summary>
internal sealed class Backhaul : IPullDemand
{
    private const int TicksPerS = 1_000 / Simulation.TickMs;

    /// <summary>How often a node looks whether it should pull a stream from somewhere else, ticks.</summary>
    private const int AskTicks = 5 * TicksPerS;

    /// <summary>Time until a node that lost its parent, or whom nobody could name one, asks again, ticks.</summary>
    private const int RetryTicks = 2 * TicksPerS;

    private const int MostHops = 4; // more than there can be: a loop would run into it

    private readonly World _world;
    private readonly NodeFarm _farm;
    private readonly IParents _parents;
    private readonly ulong[] _names;
    private readonly int _kbps;
    private readonly Dictionary<long, Feed> _feeds = [];
    private readonly List<Feed>[] _turns = [.. Enumerable.Range(0, AskTicks).Select(_ => new List<Feed>())];
    private readonly Dictionary<Feed, int> _unfed = []; // with the tick of the next try
    private readonly List<Feed> _scratch = [];
    private readonly Dictionary<int, long>[] _pulls;
    private readonly Studio _studio;
    private readonly BackhaulMeter _meter;
    private readonly bool[] _cut;
    private bool _started;
    private int _tick;

    /// <summary>Every publisher sends, and nobody pulls yet.</summary>
    /// <param name="world">The world.</param>
    /// <param name="farm">The nodes.</param>
    /// <param name="parents">Who tells whom to pull from whom.</param>
    /// <param name="table">The ways there are.</param>
    /// <param name="names">Hash of each stream's name.</param>
    /// <param name="studio">The publishers.</param>
    /// <param name="meter">Measures.</param>
    public Backhaul(World world, NodeFarm farm, IParents parents, UpstreamTable table, ulong[] names, Studio studio, BackhaulMeter meter)
    {
        (_world, _farm, _parents, _names, _kbps, _studio, _meter) = (world, farm, parents, names, world.Scenario.StreamKbps, studio, meter);
        Table = table;
        WayKbps = new long[table.Count];
        _cut = new bool[table.Count];
        _pulls = [.. world.Fleet.Nodes.Select(_ => new Dictionary<int, long>())];
    }

    /// <summary>The ways there are.</summary>
    public UpstreamTable Table { get; }

    /// <summary>What each way carries, kbit/s.</summary>
    public long[] WayKbps { get; }

    /// <summary>Streams at nodes, each once.</summary>
    public IEnumerable<Feed> Feeds => _feeds.Values;

    /// <summary>Streams at nodes that nothing feeds now.</summary>
    public int Unfed => _unfed.Count;

    /// <summary>True when a way carries nothing, whatever it could.</summary>
    public bool IsCut(int way) => _cut[way];

    /// <summary>What a node pulls a stream from; null where the stream arrives from its publisher, or nothing feeds it.</summary>
    public Feed? ParentOf(Feed feed) => feed.Parent is { } parent ? _feeds.GetValueOrDefault(Key(parent, feed.Stream)) : null;

    /// <summary>Lets every publisher send, and everybody pull who has viewers from before the run.</summary>
    /// <param name="countries">Country of each stream.</param>
    /// <param name="seed">Seed of where publishers are.</param>
    public void Start(ImmutableArray<string> countries, int seed)
    {
        _studio.Open(countries, _parents, seed);
        for (int node = 0; node < _pulls.Length; node++) _parents.Hear(ReportOf(node));
        foreach (Feed feed in _feeds.Values.ToArray())
        {
            if (feed.Parent is null && !Attach(feed, 0)) Lose(feed);
            // They have pulled since before the run: what they carry is in the reports, not on its way there.
            _parents.Hear(ReportOf(feed.Node));
            if (feed.Parent is { } parent) _parents.Hear(ReportOf(parent));
        }
        _started = true;
    }

    /// <inheritdoc/>
    public void Watch(int node, int stream, bool watched)
    {
        if (watched)
        {
            Feed feed = FeedOf(node, stream);
            feed.Watched = true;
            if (_started && feed.Parent is null && !IsEntry(feed) && !Attach(feed, 0)) Lose(feed);
        }
        else if (_feeds.TryGetValue(Key(node, stream), out Feed? feed))
        {
            feed.Watched = false;
            RemoveUnneeded(feed);
        }
    }

    /// <inheritdoc/>
    public PullReport ReportOf(int node) => new(node, [.. _pulls[node].Select(p => new PullLoad(p.Key, p.Value))], _studio.ArrivingAt(node, _tick));

    /// <inheritdoc/>
    public void NodeDied(int node) => Break(feed => feed.Parent == node);

    /// <summary>A link dies: those who pull over it notice and ask again, and tell whoever names parents.</summary>
    public void Cut(int way)
    {
        _cut[way] = true;
        Break(feed => feed.Way == way);
        _parents.LinkChanged(way, closed: true);
    }

    /// <summary>A link is repaired.</summary>
    public void Mend(int way)
    {
        _cut[way] = false;
        _parents.LinkChanged(way, closed: false);
    }

    /// <summary>Operators have decided which drains hold.</summary>
    public void Obey(ImmutableArray<Drain> drains) => _parents.Obey(drains, PulledFrom);

    /// <summary>What is pulled from a site now, by stream.</summary>
    public IReadOnlyCollection<PulledStream> PulledFrom(int site) =>
    [
        .. _feeds.Values.Where(f => f.Parent is { } parent && _farm.Nodes[parent].Site == site)
            .GroupBy(f => f.Stream).Select(g => new PulledStream(_names[g.Key], g.Count() * (long)_kbps)),
    ];

    /// <summary>Lets a tenth of a second pass.</summary>
    public void Tick(int tick)
    {
        _tick = tick;
        _studio.Tick(tick, _parents, Arrived, Left);
        foreach (Feed feed in _turns[tick % AskTicks].ToArray())
        {
            if (!feed.IsNeeded(NowMs)) RemoveUnneeded(feed);
            else if (feed.Parent is not null) Reconsider(feed);
        }
        Retry();
        if (tick % TicksPerS == 0) LeaveDrained();
        _meter.Tick(tick, this);
    }

    /// <summary>True where a stream arrives from its publisher.</summary>
    public bool IsEntry(Feed feed) => _studio.SendsTo(feed.Stream, feed.Node, _tick);

    private long NowMs => (long)_tick * Simulation.TickMs;

    private static long Key(int node, int stream) => ((long)node << 32) | (uint)stream;

    /// <summary>A stream begins to arrive at a node: what it pulled until now it needs no longer.</summary>
    private void Arrived(int stream, int node)
    {
        if (!_feeds.TryGetValue(Key(node, stream), out Feed? feed)) return;
        Detach(feed);
        _unfed.Remove(feed);
    }

    /// <summary>A stream arrives at a node no longer: for who still needs it there, it has to be pulled.</summary>
    private void Left(int stream, int node)
    {
        if (!_feeds.TryGetValue(Key(node, stream), out Feed? feed)) return;
        if (feed.IsNeeded(NowMs) && !Attach(feed, 0)) Lose(feed);
    }

    /// <summary>Those who pull from a site that drains ask again when the stream's turn has come; before that, the parent that they will be given begins to pull it.</summary>
    private void LeaveDrained()
    {
        foreach (Feed feed in _feeds.Values.ToArray())
        {
            if (feed.Parent is not { } parent || _farm.Nodes[parent].Site is var site && !_parents.IsLeft(site)) continue;
            if (_parents.MustLeave(_names[feed.Stream], site, 0)) Reconsider(feed);
            else if (_parents.MustLeave(_names[feed.Stream], site, ReparentPace.WarmUpS)) WarmUp(feed);
        }
    }

    private void WarmUp(Feed feed)
    {
        Span<UpstreamParent> parents = stackalloc UpstreamParent[1];
        if (_parents.Ask(_names[feed.Stream], feed.Node, feed.Parent, ReparentPace.WarmUpS, parents) == 0 || !parents[0].Relays || !Reaches(parents[0])) return;
        Feed relay = FeedOf(parents[0].Node, feed.Stream);
        relay.WarmUntilMs = NowMs + (3 * ReparentPace.WarmUpS * 1_000);
        if (relay.Parent is null && !IsEntry(relay) && !Attach(relay, 0)) Lose(relay);
    }

    private void Retry()
    {
        _scratch.Clear();
        foreach ((Feed feed, int at) in _unfed)
            if (at <= _tick) _scratch.Add(feed);
        foreach (Feed feed in _scratch)
        {
            if (!feed.IsNeeded(NowMs)) RemoveUnneeded(feed);
            else if (Attach(feed, 0)) _unfed.Remove(feed);
            else Lose(feed);
        }
    }

    private void Lose(Feed feed) => _unfed[feed] = _tick + RetryTicks;

    private void Break(Func<Feed, bool> broken)
    {
        foreach (Feed feed in _feeds.Values.Where(broken).ToArray())
        {
            Detach(feed);
            Lose(feed);
        }
    }

    private Feed FeedOf(int node, int stream)
    {
        if (_feeds.TryGetValue(Key(node, stream), out Feed? feed)) return feed;
        feed = new Feed(node, stream);
        List<Feed> turn = TurnOf(feed);
        feed.Place = turn.Count;
        turn.Add(feed);
        return _feeds[Key(node, stream)] = feed;
    }

    private List<Feed> TurnOf(Feed feed) => _turns[(int)(Chance.Mix((ulong)Key(feed.Node, feed.Stream)) % AskTicks)];

    private void RemoveUnneeded(Feed feed)
    {
        if (feed.IsNeeded(NowMs)) return;
        _unfed.Remove(feed);
        // It may have gone with another that was looked at before it.
        if (!_feeds.TryGetValue(Key(feed.Node, feed.Stream), out Feed? known) || known != feed) return;
        Detach(feed);
        List<Feed> turn = TurnOf(feed);
        turn[^1].Place = feed.Place;
        turn[feed.Place] = turn[^1];
        turn.RemoveAt(turn.Count - 1);
        _feeds.Remove(Key(feed.Node, feed.Stream));
    }

    private bool Reaches(in UpstreamParent parent) => _farm.Nodes[parent.Node].Alive && (parent.Way is not { } way || !_cut[way]);

    /// <summary>Finds a node that has no parent one.</summary>
    private bool Attach(Feed feed, int depth)
    {
        if (IsEntry(feed)) return true;
        if (depth == MostHops)
        {
            _meter.Looped();
            return false;
        }
        Span<UpstreamParent> parents = stackalloc UpstreamParent[4];
        int count = _parents.Ask(_names[feed.Stream], feed.Node, null, 0, parents);
        foreach (ref readonly UpstreamParent parent in parents[..count])
        {
            if (!Reaches(in parent)) continue;
            Connect(feed, in parent, depth);
            return true;
        }
        return false;
    }

    private void Reconsider(Feed feed)
    {
        Span<UpstreamParent> parents = stackalloc UpstreamParent[4];
        int count = _parents.Ask(_names[feed.Stream], feed.Node, feed.Parent, 0, parents);
        foreach (ref readonly UpstreamParent parent in parents[..count])
        {
            if (parent.Node == feed.Parent)
            {
                _parents.Kept(_names[feed.Stream], feed.Node, parent.Node);
                return;
            }
            if (!Reaches(in parent)) continue;
            (int? oldParent, int? oldWay) = (feed.Parent, feed.Way);
            Connect(feed, in parent, 0);
            if (oldParent is { } old) Release(feed, old, oldWay);
            _meter.Reparented();
            return;
        }
    }

    private void Connect(Feed feed, in UpstreamParent parent, int depth)
    {
        (feed.Parent, feed.Way) = (parent.Node, parent.Way);
        _farm.Send(parent.Node, _kbps);
        if (parent.Way is { } way)
        {
            WayKbps[way] += _kbps;
            _pulls[feed.Node][way] = _pulls[feed.Node].GetValueOrDefault(way) + _kbps;
        }
        _parents.Began(_names[feed.Stream], feed.Node, in parent, reported: !_started);
        Feed source = FeedOf(parent.Node, feed.Stream);
        source.Children++;
        if (source.Parent is null && !_unfed.ContainsKey(source) && !Attach(source, depth + 1)) Lose(source);
    }

    private void Detach(Feed feed)
    {
        if (feed.Parent is not { } parent) return;
        int? way = feed.Way;
        (feed.Parent, feed.Way) = (null, null);
        Release(feed, parent, way);
    }

    private void Release(Feed feed, int parent, int? way)
    {
        _farm.Send(parent, -_kbps);
        if (way is { } over)
        {
            WayKbps[over] -= _kbps;
            if ((_pulls[feed.Node][over] -= _kbps) == 0) _pulls[feed.Node].Remove(over);
        }
        Feed source = _feeds[Key(parent, feed.Stream)];
        source.Children--;
        RemoveUnneeded(source);
    }
}
