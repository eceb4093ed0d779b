using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Dispatch;

/// <summary>Takes the scores of a decision apart, site by site, and says why each site was named or not.</summary>
/// <param name="snapshot">The snapshot of the decision.</param>
/// <param name="decision">The decision.</param>
/// <param name="rule">How it came to its first candidate.</param>
internal sealed class SiteTracer(RoutingSnapshot snapshot, in Decision decision, ChoiceRule rule)
{
    private readonly Decision _decision = decision;

    /// <summary>Every site that was ranked, and every one that was named without.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ranking">The sites near the viewer with their scores.</param>
    /// <param name="best">Place of the least score; below 0 when there are no sites.</param>
    public ImmutableArray<SiteTrace> Trace(in DispatchRequest request, in SiteRanking ranking, int best)
    {
        float least = best < 0 ? SiteRanking.Closed : ranking.Scores[best];
        var traces = new List<SiteTrace>();
        for (int place = 0; place < ranking.Sites.Length; place++)
        {
            // A site that serves no viewer is scored out of reach; people want to see what it would cost if it did.
            float score = ranking.Scores[place] < SiteRanking.Closed ? ranking.Scores[place] : ScoreOf(in request, ranking.Sites[place], place);
            traces.Add(Near(in request, ranking.Sites[place], place, score, least));
        }
        for (int i = 0; i < _decision.Count; i++)
            if (ranking.Sites.IndexOf((ushort)_decision[i].Site) < 0 && RankOf(_decision[i].Site) == i) traces.Add(OfWorld(in request, i));
        if (request.Role != NodeRoles.Edge) AddUnranked(in request, traces);
        else AddBarred(in request, traces);
        traces.Sort(static (left, right) => (left.Rank ?? int.MaxValue, left.Score).CompareTo((right.Rank ?? int.MaxValue, right.Score)));
        return [.. traces];
    }

    private SiteTrace Near(in DispatchRequest request, int site, int place, float score, float least)
    {
        bool row = request.Role == NodeRoles.Edge;
        bool ordered = row && request.Row != request.Cell;
        float rtt = row && !ordered ? snapshot.Candidates.RttsOf(request.Row)[place] : SiteSweep.RttMs(snapshot, request.Cell, site);
        bool cold = row && !snapshot.Streams.Find(request.Stream, request.WarmEpoch).IsWarmAt(site);
        double order = ordered ? snapshot.Candidates.CostsOf(request.Row)[place] : 0;
        return Of(in request, site, isNear: true, rtt, score, ordered ? order : null, cold, score < least + (float)snapshot.Policy.NearMs);
    }

    private SiteTrace OfWorld(in DispatchRequest request, int rank)
    {
        Choice choice = _decision[rank];
        float cost = SiteSweep.CostMs(snapshot, in request, choice.Site, choice.RttMs);
        return Of(in request, choice.Site, isNear: false, choice.RttMs, cost, null, cold: false, isEqual: false);
    }

    /// <summary>Sites of ingest nodes that were not even ranked, because they may not be named or have no room.</summary>
    private void AddUnranked(in DispatchRequest request, List<SiteTrace> traces)
    {
        for (int site = 0; site < snapshot.Sites.Length; site++)
        {
            if (traces.Exists(trace => trace.Site == site) || !HasRole(site, request.Role) || IsOpen(in request, site)) continue;
            float rtt = SiteSweep.RttMs(snapshot, request.Cell, site);
            float score = SiteSweep.CostMs(snapshot, in request, site, rtt) + snapshot.Sites[site].ExtraMs + snapshot.Load.Prices[site];
            traces.Add(Of(in request, site, isNear: true, rtt, score, null, cold: false, isEqual: false));
        }
    }

    /// <summary>Sites that would be among the near ones if no fence kept them from the viewer: people ask for these first.</summary>
    private void AddBarred(in DispatchRequest request, List<SiteTrace> traces)
    {
        float dearest = traces.Count == 0 ? SiteRanking.Closed : traces.Max(trace => trace.Score);
        for (int site = 0; site < snapshot.Sites.Length; site++)
        {
            if (snapshot.Fences.Allow(request.Cell, site) || !HasRole(site, request.Role)) continue;
            float rtt = SiteSweep.RttMs(snapshot, request.Cell, site);
            float score = SiteSweep.CostMs(snapshot, in request, site, rtt) + snapshot.Sites[site].ExtraMs + snapshot.Load.Prices[site];
            if (score <= dearest) traces.Add(Of(in request, site, isNear: true, rtt, score, null, cold: false, isEqual: false));
        }
    }

    private SiteTrace Of(in DispatchRequest request, int site, bool isNear, float rtt, float score, double? order, bool cold, bool isEqual)
    {
        SiteCost cost = snapshot.Policy.Cost;
        ref SiteLedger ledger = ref snapshot.Load.Site(site);
        int? rank = RankOf(site);
        bool isIngest = request.Role == NodeRoles.Ingest;
        return new SiteTrace(
            site, rank, VerdictOf(in request, site, rank, score, isEqual), isNear, rtt,
            order is null ? cost.Of(rtt, 0) - rtt : 0,
            order is not null ? 0 : isIngest ? cost.PriceWeight * snapshot.Fleet.Sites[site]!.Tariff.IngressPerMbps : snapshot.Candidates.SitePriceMs[site],
            order ?? 0, snapshot.Load.PriceOf(site), snapshot.Sites[site].ExtraMs, cold ? cost.ColdStreamMs : 0, score,
            _decision.Refused || rank == 0 || rule is ChoiceRule.Sticky or ChoiceRule.Spill ? 0 : score - _decision[0].Score,
            Math.Max(0, ledger.Ceiling - ledger.Assigned), snapshot.Load.SiteLoadKbps(site) * ledger.InverseCapacity, snapshot.Sites[site].Eligibility)
        {
            PlacementMs = isIngest ? IngestCost.PlacementMs(in request, site) : 0,
        };
    }

    private float ScoreOf(in DispatchRequest request, int site, int place)
    {
        bool warm = snapshot.Streams.Find(request.Stream, request.WarmEpoch).IsWarmAt(site);
        float cold = warm ? 0 : (float)snapshot.Policy.Cost.ColdStreamMs;
        return snapshot.Candidates.CostsOf(request.Row)[place] + snapshot.Load.Prices[site] + snapshot.Sites[site].ExtraMs + cold;
    }

    private SiteVerdict VerdictOf(in DispatchRequest request, int site, int? rank, float score, bool isEqual)
    {
        if (rank is { } named) return named == 0 ? SiteVerdict.Chosen : SiteVerdict.Fallback;
        if (!snapshot.Fences.Allow(request.Cell, site)) return SiteVerdict.Fenced;
        if (!snapshot.Sites[site].Serves(request.Role, StreamProtocols.None)) return SiteVerdict.NotServing;
        if (!snapshot.Sites[site].Serves(request.Role, request.Protocols)) return SiteVerdict.Protocol;
        if (!IsOpen(in request, site)) return SiteVerdict.NoRoom;
        Decision alone = default;
        Dispatcher.Name(snapshot, in request, Dispatcher.StandardOf(snapshot), site, score, 1, ref alone);
        if (alone.Refused) return SiteVerdict.NoNode;
        return rule switch
        {
            ChoiceRule.Sticky => SiteVerdict.Stayed,
            ChoiceRule.Exploration when score < _decision[0].Score => SiteVerdict.Explored,
            ChoiceRule.NearEquals or ChoiceRule.LeastScore when isEqual => SiteVerdict.NearEqual,
            _ => SiteVerdict.Dearer,
        };
    }

    private bool IsOpen(in DispatchRequest request, int site)
    {
        ref SiteLedger ledger = ref snapshot.Load.Site(site);
        return snapshot.Sites[site].Serves(request.Role, request.Protocols) && ledger.Assigned + request.Kbps <= ledger.Ceiling;
    }

    private bool HasRole(int site, NodeRoles role)
    {
        foreach (NodeSlot slot in snapshot.NodesOf(site))
            if ((slot.Route.Roles & role) != 0) return true;
        return false;
    }

    private int? RankOf(int site)
    {
        for (int i = 0; i < _decision.Count; i++)
            if (_decision[i].Site == site) return i;
        return null;
    }
}
