using System.Collections.Immutable;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// A decision with its reasons: what <see cref="Dispatcher.Decide"/> answers at this moment, and what every site and node it looked at had against it.
/// For people who ask why; nothing is taken, and it allocates.
/// </summary>
public sealed class DecisionTrace
{
    private DecisionTrace(
        in Decision decision, long kbps, ChoiceRule rule, ImmutableArray<SiteTrace> sites, ImmutableArray<NodeTrace> nodes, double bound, int spread)
    {
        Decision = decision;
        Kbps = kbps;
        Rule = rule;
        Sites = sites;
        Nodes = nodes;
        NodeBound = bound;
        NodesSharingStream = spread;
    }

    /// <summary>The decision itself.</summary>
    public Decision Decision { get; }

    /// <summary>What the session weighs, kbit/s.</summary>
    public long Kbps { get; }

    /// <summary>How it came to its first candidate.</summary>
    public ChoiceRule Rule { get; }

    /// <summary>The sites it looked at: those that were named by rank, then the others by rising score.</summary>
    public ImmutableArray<SiteTrace> Sites { get; }

    /// <summary>The nodes of the site of the first candidate, in the order in which the hash of the stream asks them; empty when nothing can serve.</summary>
    public ImmutableArray<NodeTrace> Nodes { get; }

    /// <summary>Utilisation up to which the nodes of that site take streams by hash; 0 when nothing can serve.</summary>
    public double NodeBound { get; }

    /// <summary>Nodes of that site that share the stream: 1 but for a hot one; 0 when nothing can serve.</summary>
    public int NodesSharingStream { get; }

    /// <summary>Decides a request without taking anything, and tells why.</summary>
    /// <param name="snapshot">The snapshot that the request read once. Its counters are live: what others take meanwhile may show.</param>
    /// <param name="request">What is asked; it only looks, whatever it says.</param>
    public static DecisionTrace Take(RoutingSnapshot snapshot, in DispatchRequest request)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        DispatchRequest look = Looking(in request);
        Dispatcher.Decide(snapshot, in look, out Decision decision);
        snapshot = snapshot.As(request.Class);

        Span<float> scores = stackalloc float[CandidateTable.RowLength];
        Span<ushort> sites = stackalloc ushort[CandidateTable.RowLength];
        SiteRanking ranking = request.Role == NodeRoles.Edge
            ? Dispatcher.RankRow(snapshot, request.Row, snapshot.Streams.Find(request.Stream, request.WarmEpoch), scores)
            : Dispatcher.RankAll(snapshot, in look, sites, scores);
        int best = ranking.First;
        Dispatcher.Prefer(snapshot, in look, ref ranking);
        ChoiceRule rule = RuleOf(snapshot, in look, in decision, in ranking, best);
        ImmutableArray<SiteTrace> traced = new SiteTracer(snapshot, in decision, rule).Trace(in look, in ranking, best);
        if (decision.Refused) return new DecisionTrace(in decision, request.Kbps, rule, traced, [], 0, 0);

        int site = decision[0].Site;
        Span<float> room = stackalloc float[NodePicker.MostHashed];
        var picker = new NodePicker(snapshot, in look, site, Dispatcher.StandardOf(snapshot), room);
        return new DecisionTrace(
            in decision, request.Kbps, rule, traced, NodesOf(snapshot, in look, in decision, picker.Bound), picker.Bound, picker.Spread);
    }

    private static DispatchRequest Looking(in DispatchRequest request) => new()
    {
        Cell = request.Cell,
        Row = request.Row,
        Stream = request.Stream,
        Viewer = request.Viewer,
        Kbps = request.Kbps,
        Role = request.Role,
        Protocols = request.Protocols,
        Exclude = request.Exclude,
        PlacementMs = request.PlacementMs,
        Stay = request.Stay,
        WarmEpoch = request.WarmEpoch,
        Want = request.Want,
        Class = request.Class,
        LookOnly = true,
    };

    /// <summary>The rule is read off the decision: each way of finding a first candidate leaves its own mark on it.</summary>
    private static ChoiceRule RuleOf(RoutingSnapshot snapshot, in DispatchRequest request, in Decision decision, in SiteRanking ranking, int best)
    {
        if (decision.Refused) return ChoiceRule.None;
        Choice first = decision[0];
        if (decision.Outcome == DispatchOutcome.Spilled) return ChoiceRule.Spill;
        if (first.Node == request.Stay) return ChoiceRule.Sticky;
        if (snapshot.Nodes[first.Node].Eligibility == Eligibility.Silent && !snapshot.Frozen) return ChoiceRule.LastResort;
        int place = ranking.Sites.IndexOf((ushort)first.Site);
        if (place < 0) return ChoiceRule.WholeWorld;
        if (place == best || place != ranking.First) return ChoiceRule.LeastScore;
        bool explores = Exploration.IsTurnOf(snapshot.Policy, request.Viewer, request.WarmEpoch, out uint draw)
            && request.Role == NodeRoles.Edge
            && Exploration.Choose(snapshot, request.Row, draw, ranking.Scores, best) == place;
        return explores ? ChoiceRule.Exploration : ChoiceRule.NearEquals;
    }

    private static ImmutableArray<NodeTrace> NodesOf(RoutingSnapshot snapshot, in DispatchRequest request, in Decision decision, double bound)
    {
        int site = decision[0].Site;
        var nodes = new List<NodeTrace>();
        for (int i = snapshot.SiteStart[site]; i < snapshot.SiteStart[site + 1]; i++)
        {
            int node = snapshot.SiteNodes[i].Node, place = i - snapshot.SiteStart[site];
            float key = RendezvousHash.Key(RendezvousHash.Fold(request.Stream), snapshot.NodeSeeds[i], snapshot.NodeInverseWeights[i]);
            if (place < NodePicker.MostHashed) key = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(key, place)); // as the picker compares them
            bool fits = NodePicker.Judge(snapshot.Load, node, request.Kbps, out double utilisation);
            int? rank = RankOf(in decision, node);
            NodeVerdict verdict = rank is { } named
                ? named == 0 ? NodeVerdict.Chosen : NodeVerdict.Fallback
                : VerdictOf(snapshot, in request, node, fits, utilisation <= bound);
            ref Capacity.NodeLedger ledger = ref snapshot.Load.Node(node);
            nodes.Add(new NodeTrace(
                node, rank, verdict, key, utilisation, Math.Max(0, ledger.Ceiling - ledger.Assigned), snapshot.Nodes[node].Eligibility));
        }
        nodes.Sort(static (left, right) => left.HashKey.CompareTo(right.HashKey));
        return [.. nodes];
    }

    private static NodeVerdict VerdictOf(RoutingSnapshot snapshot, in DispatchRequest request, int node, bool fits, bool within)
    {
        NodeRoute route = snapshot.Nodes[node];
        if (request.Exclude.Contains(node)) return NodeVerdict.Excluded;
        if (!route.Serves(request.Role, request.Protocols, route.Eligibility)) return NodeVerdict.Unsuited;
        if (!route.Serves(request.Role, request.Protocols, Dispatcher.StandardOf(snapshot))) return NodeVerdict.NotServing;
        return !fits ? NodeVerdict.NoRoom : within ? NodeVerdict.LaterByHash : NodeVerdict.BeyondBound;
    }

    private static int? RankOf(in Decision decision, int node)
    {
        for (int i = 0; i < decision.Count; i++)
            if (decision[i].Node == node) return i;
        return null;
    }
}
