using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Upstreams;

namespace Scheduler.State.Upstreams;

/// <summary>
/// Tells nodes from where to pull, for every interface alike. What a node has asked for is followed for a while: its reports are answered with the streams
/// whose parent has become another, so that a drain moves pulls without anybody asking.
/// </summary>
public sealed class UpstreamDesk
{
    /// <summary>A stream is followed for this long after a node last asked for it, ms.</summary>
    public const long FollowedMs = 120_000;

    /// <summary>Streams that are looked at again with each report of a node.</summary>
    private const int LooksPerReport = 64;

    /// <summary>Weight of a stream of which nothing is known, kbit/s.</summary>
    private const long UnknownKbps = 3_000;

    private readonly UpstreamLoop _loop;
    private readonly SchedulerClock _clock;
    private readonly ConcurrentDictionary<int, NodePulls> _nodes = new();
    private readonly long[] _outcomes = new long[Enum.GetValues<UpstreamOutcome>().Length];
    private readonly ConcurrentDictionary<(ulong Stream, int Site), int> _warmed = new(); // by stream and IDC: the node that was told to pull it ahead
    private volatile WarmUps _warmUps = WarmUps.None;
    private long _reparented;

    internal UpstreamDesk(UpstreamLoop loop, SchedulerClock clock) => (_loop, _clock) = (loop, clock);

    /// <summary>Questions that were answered so, since the start.</summary>
    public long Count(UpstreamOutcome outcome) => Volatile.Read(ref _outcomes[(int)outcome]);

    /// <summary>Pulls that were given another parent than they had, since the start.</summary>
    public long Reparented => Volatile.Read(ref _reparented);

    /// <summary>Tells a node from where to pull a stream, and follows it.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="stream">Hash of the stream.</param>
    /// <returns>The answer; null before there is anything to answer from.</returns>
    public ParentAnswer? Ask(int node, ulong stream)
    {
        if (_loop.View is not { } view) return null;
        NodePulls pulls = _nodes.GetOrAdd(node, _ => new NodePulls());
        FollowedPull? before = pulls.Find(stream);
        return Answer(view, pulls, node, stream, before?.Parent, _clock.NowMs);
    }

    /// <summary>Says from where a node would pull a stream, following nothing.</summary>
    /// <param name="node">Index of the node.</param>
    /// <param name="stream">Hash of the stream.</param>
    public ParentAnswer? Look(int node, ulong stream)
    {
        if (_loop.View is not { } view) return null;
        int? current = _nodes.TryGetValue(node, out NodePulls? pulls) ? pulls.Find(stream)?.Parent : null;
        return Choose(view, QuestionOf(view, node, stream, current), out _);
    }

    /// <summary>The followed streams of a node whose parent has become another, some at each call.</summary>
    /// <param name="node">Index of the node.</param>
    public IReadOnlyList<ParentAnswer> Changes(int node)
    {
        if (_loop.View is not { } view || !_nodes.TryGetValue(node, out NodePulls? pulls)) return [];
        Span<(ulong Stream, FollowedPull Pull)> turn = stackalloc (ulong, FollowedPull)[LooksPerReport];
        turn = turn[..pulls.Turn(turn, _clock.NowMs - FollowedMs)];
        List<ParentAnswer>? changes = null;
        foreach ((ulong stream, FollowedPull pull) in turn)
        {
            UpstreamQuestion question = QuestionOf(view, node, stream, pull.Parent);
            ParentAnswer answer = Choose(view, question, out _);
            if (answer.Parents.IsEmpty || answer.Parents[0].Node == pull.Parent) continue;
            (changes ??= []).Add(Answer(view, pulls, node, stream, pull.Parent, pull.AskedAtMs));
            Interlocked.Increment(ref _reparented);
        }
        return changes ?? (IReadOnlyList<ParentAnswer>)[];
    }

    /// <summary>Hashes of the streams that a node should pull now, because others are about to pull them from it.</summary>
    /// <param name="node">Index of the node.</param>
    public ImmutableArray<ulong> WarmUpsOf(int node) => _warmUps.Of(node);

    /// <summary>What nodes were told to pull from an IDC, each stream with the bits of all its children.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="site">Index of the IDC.</param>
    internal List<PulledStream> PulledFrom(UpstreamView view, int site)
    {
        var byStream = new Dictionary<ulong, long>();
        foreach ((int _, ulong stream, int _) in PullsFrom(view, site))
            byStream[stream] = byStream.GetValueOrDefault(stream) + KbpsOf(stream);
        return [.. byStream.Select(stream => new PulledStream(stream.Key, stream.Value))];
    }

    /// <summary>Finds out which streams are about to get another parent, and has these parents told.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="ahead">The drains as they will be when the streams must be there.</param>
    /// <param name="sites">Indexes of the IDCs that drain by and by.</param>
    internal void WarmUp(UpstreamView view, ParentDrains ahead, IReadOnlyList<int> sites)
    {
        if (sites.Count == 0) _warmed.Clear();
        var byNode = new Dictionary<int, HashSet<ulong>>();
        UpstreamView later = view with { Drains = ahead };
        foreach (int site in sites)
        {
            foreach ((int node, ulong stream, int parent) in PullsFrom(view, site))
            {
                if (!view.Drains.Keeps(site, stream) || ahead.Keeps(site, stream)) continue;
                ParentAnswer next = Choose(later, QuestionOf(later, node, stream, parent), out _);
                if (next.Parents.IsEmpty || next.Parents[0] is not { Relays: true } relay || relay.Node == parent) continue;
                int warm = _warmed.GetOrAdd((stream, relay.Site), relay.Node); // one node for all of the stream's children
                if (!byNode.TryGetValue(warm, out HashSet<ulong>? streams)) byNode[warm] = streams = [];
                streams.Add(stream);
            }
        }
        _warmUps = new WarmUps(byNode.ToDictionary(node => node.Key, node => (ImmutableArray<ulong>)[.. node.Value]));
    }

    /// <summary>Forgets nodes that are gone.</summary>
    internal void Sweep(UpstreamView view)
    {
        foreach (int node in _nodes.Keys)
            if (node >= view.Snapshot.Fleet.Nodes.Length || view.Snapshot.Fleet.Nodes[node] is null) _nodes.TryRemove(node, out _);
    }

    private List<(int Node, ulong Stream, int Parent)> PullsFrom(UpstreamView view, int site)
    {
        var found = new List<(int, ulong, int)>();
        long sinceMs = _clock.NowMs - FollowedMs;
        foreach ((int node, NodePulls pulls) in _nodes)
        {
            foreach ((ulong stream, FollowedPull pull) in pulls.All())
            {
                if (pull.AskedAtMs < sinceMs || pull.Parent >= view.Snapshot.Fleet.Nodes.Length || view.Snapshot.Fleet.Nodes[pull.Parent] is null) continue;
                if (view.Snapshot.Fleet.SiteOf(pull.Parent) == site) found.Add((node, stream, pull.Parent));
            }
        }
        return found;
    }

    private ParentAnswer Answer(UpstreamView view, NodePulls pulls, int node, ulong stream, int? parent, long askedAtMs)
    {
        UpstreamQuestion question = QuestionOf(view, node, stream, parent);
        ParentAnswer answer = Choose(view, question, out UpstreamParent first);
        if (!answer.Parents.IsEmpty && _warmed.TryGetValue((stream, first.Site), out int warm) && warm != first.Node && HasRoom(view, warm, question.Kbps))
            answer = Choose(view, question with { Current = warm }, out first); // it has the stream already, the node beside it would pull it once more
        Interlocked.Increment(ref _outcomes[(int)answer.Outcome]);
        if (answer.Parents.IsEmpty) return answer;
        if (first.Node != parent) UpstreamChooser.Begin(view, in question, in first);
        pulls.Put(stream, new FollowedPull(first.Node, askedAtMs));
        return answer;
    }

    private static bool HasRoom(UpstreamView view, int node, long kbps)
    {
        if (node >= view.Snapshot.Fleet.Nodes.Length || view.Snapshot.Fleet.Nodes[node] is null) return false;
        ref Core.Capacity.NodeLedger ledger = ref view.Snapshot.Load.Node(node);
        return ledger.Assigned + kbps <= ledger.Ceiling;
    }

    private static ParentAnswer Choose(UpstreamView view, in UpstreamQuestion question, out UpstreamParent first)
    {
        Span<UpstreamParent> parents = stackalloc UpstreamParent[UpstreamChooser.MostParents];
        UpstreamChoice choice = UpstreamChooser.Choose(view, in question, parents);
        first = choice.Count > 0 ? parents[0] : default;
        return new ParentAnswer(question.Node, question.Stream, choice.Outcome, [.. parents[..choice.Count]]);
    }

    private UpstreamQuestion QuestionOf(UpstreamView view, int node, ulong stream, int? current) => new(
        stream, node, KbpsOf(stream), StreamTable.EpochOf(_clock.NowS),
        current is { } known && known < view.Snapshot.Fleet.Nodes.Length && view.Snapshot.Fleet.Nodes[known] is not null ? known : null);

    private long KbpsOf(ulong stream) => _loop.Streams.ArrivingKbps(stream) ?? UnknownKbps;
}
