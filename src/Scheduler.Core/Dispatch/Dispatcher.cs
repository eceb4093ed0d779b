using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// The one decision core behind every interface: score the sites near a viewer, take escrow of a node of the best, name others to fall back
/// on. Pure but for the counters of <see cref="LiveLoad"/> and <see cref="StreamTable"/>; allocates nothing and takes no lock.
/// </summary>
public static class Dispatcher
{
    /// <summary>Decides one request.</summary>
    /// <param name="snapshot">The snapshot that the request read once.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="decision">Outcome and candidates. The escrow of the first is taken unless the request only looks.</param>
    public static void Decide(RoutingSnapshot snapshot, in DispatchRequest request, out Decision decision)
    {
        decision = default;
        Eligibility standard = snapshot.Frozen ? Eligibility.Silent : Eligibility.Eligible;
        bool stayed = TryStay(snapshot, in request, standard, ref decision);

        var ranking = new SiteRanking(Math.Clamp(request.Want, 3, DispatchRequest.MaxWant));
        if (request.Role == Topology.NodeRoles.Edge) RankRow(snapshot, in request, ref ranking);
        else RankAll(snapshot, in request, ref ranking);
        Fill(snapshot, in request, standard, in ranking, ref decision);

        // Nothing near can serve, or only one site: the rest of the world is asked, in the second case for one more site.
        if (decision.Count < request.Want && SitesNamed(in decision) < 2)
            SiteSweep.Fill(snapshot, in request, standard, decision.Count == 0 ? request.Want : decision.Count + 1, ref decision);
        FillUp(snapshot, in request, standard, in ranking, ref decision);
        if (decision.Count == 0 && standard != Eligibility.Silent)
            SiteSweep.Fill(snapshot, in request, Eligibility.Silent, request.Want, ref decision);
        bool spilled = decision.Count == 0 && TrySpill(snapshot, in request, standard, ref decision);

        if (decision.Count == 0)
        {
            decision.Outcome = AnySiteServes(snapshot, in request) ? DispatchOutcome.NoRoom : DispatchOutcome.NoEligibleSite;
            return;
        }
        Choice first = decision[0];
        NodeRoute route = snapshot.Nodes[first.Node];
        decision.Outcome =
            spilled ? DispatchOutcome.Spilled
            : route.Eligibility == Eligibility.Silent ? DispatchOutcome.Frozen
            : route.Doubted ? DispatchOutcome.Panic
            : stayed ? DispatchOutcome.Sticky
            : DispatchOutcome.Placed;
        if (!request.LookOnly) snapshot.Streams.Warm(request.Stream, first.Site, request.WarmEpoch);
    }

    /// <summary>Takes the node of the viewer's previous session, when it may be named and has room.</summary>
    private static bool TryStay(RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, ref Decision decision)
    {
        if (request.Stay is not { } node || request.Exclude.Contains(node)) return false;
        if (!snapshot.Nodes[node].Serves(request.Role, request.Protocols, standard)) return false;
        int site = snapshot.Fleet.SiteOf(node);
        if (!TryTake(snapshot, in request, node, site)) return false;
        decision.Add(new Choice(node, site, SiteSweep.RttMs(snapshot, request.Cell, site), 0));
        return true;
    }

    /// <summary>Ranks the candidates of the viewer's row. They ascend in cost, so the scan ends when none that follows can win.</summary>
    internal static void RankRow(RoutingSnapshot snapshot, in DispatchRequest request, ref SiteRanking ranking)
    {
        LiveLoad load = snapshot.Load;
        float cold = (float)snapshot.Policy.Cost.ColdStreamMs;
        StreamEntry stream = snapshot.Streams.Find(request.Stream, request.WarmEpoch);
        ReadOnlySpan<ushort> sites = snapshot.Candidates.SitesOf(request.Row);
        ReadOnlySpan<float> costs = snapshot.Candidates.CostsOf(request.Row);
        SiteRoute[] routes = snapshot.Sites;
        for (int i = 0; i < sites.Length && i < costs.Length; i++)
        {
            if (costs[i] >= ranking.Worst) break;
            int s = sites[i];
            SiteRoute site = routes[s];
            ref SiteLedger ledger = ref load.Site(s);
            if (!site.Serves(request.Role, request.Protocols) || ledger.Assigned + request.Kbps > ledger.Ceiling) continue;
            float score = costs[i] + site.ExtraMs + ledger.Price;
            if (!stream.IsWarmAt(s)) score += cold;
            ranking.Offer(s, score);
        }
    }

    /// <summary>Ranks every site: publishers are few and go to IDCs, for which no row is kept.</summary>
    private static void RankAll(RoutingSnapshot snapshot, in DispatchRequest request, ref SiteRanking ranking)
    {
        for (int s = 0; s < snapshot.Sites.Length; s++)
        {
            ref SiteLedger ledger = ref snapshot.Load.Site(s);
            if (!snapshot.Sites[s].Serves(request.Role, request.Protocols) || ledger.Assigned + request.Kbps > ledger.Ceiling) continue;
            float rtt = SiteSweep.RttMs(snapshot, request.Cell, s);
            ranking.Offer(s, SiteSweep.CostMs(snapshot, s, rtt) + snapshot.Sites[s].ExtraMs + ledger.Price);
        }
    }

    /// <summary>
    /// Names nodes of the ranked sites: one of the best and, where three or more are wanted, a second of it, then one of each next site. So a
    /// viewer whose node fails stays close, and one whose site fails has somewhere to go.
    /// </summary>
    private static void Fill(
        RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, in SiteRanking ranking, ref Decision decision)
    {
        int rank = 0;
        for (; rank < ranking.Count && decision.Count == 0; rank++)
        {
            if (TryName(snapshot, in request, standard, ranking.SiteAt(rank), ranking.ScoreAt(rank), ref decision) && request.Want >= 3)
                TryName(snapshot, in request, standard, ranking.SiteAt(rank), ranking.ScoreAt(rank), ref decision);
        }
        for (; rank < ranking.Count && decision.Count < request.Want; rank++)
            TryName(snapshot, in request, standard, ranking.SiteAt(rank), ranking.ScoreAt(rank), ref decision);
    }

    /// <summary>Names more nodes of the ranked sites until there are as many as were wanted.</summary>
    private static void FillUp(
        RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, in SiteRanking ranking, ref Decision decision)
    {
        for (int rank = 0; rank < ranking.Count && decision.Count > 0 && decision.Count < request.Want; rank++)
        {
            while (decision.Count < request.Want
                && TryName(snapshot, in request, standard, ranking.SiteAt(rank), ranking.ScoreAt(rank), ref decision)) { }
        }
    }

    /// <summary>Names one more node of a site; the first of a decision is taken as well.</summary>
    internal static bool TryName(
        RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, int site, float score, ref Decision decision)
    {
        // Another request may take the last room between the choice and the taking; then the next best node is chosen.
        while (NodePicker.TryPick(snapshot, in request, site, standard, in decision, out int node))
        {
            if (decision.Count > 0 || TryTake(snapshot, in request, node, site))
            {
                decision.Add(new Choice(node, site, RttMs(snapshot, in request, site), score));
                return true;
            }
        }
        return false;
    }

    /// <summary>Round-trip time from the viewer's cell to a site, ms: from his row where it stands there.</summary>
    private static float RttMs(RoutingSnapshot snapshot, in DispatchRequest request, int site)
    {
        if (request.Row == request.Cell)
        {
            int place = snapshot.Candidates.SitesOf(request.Row).IndexOf((ushort)site);
            if (place >= 0) return snapshot.Candidates.RttsOf(request.Row)[place];
        }
        return SiteSweep.RttMs(snapshot, request.Cell, site);
    }

    private static bool TryTake(RoutingSnapshot snapshot, in DispatchRequest request, int node, int site)
    {
        if (!request.LookOnly) return snapshot.Load.TryTake(node, site, request.Kbps);
        ref NodeLedger ledger = ref snapshot.Load.Node(node);
        return ledger.Assigned + request.Kbps <= ledger.Ceiling;
    }

    /// <summary>By policy: fills the least utilised node of the viewer's candidates a little beyond its capacity.</summary>
    private static bool TrySpill(RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, ref Decision decision)
    {
        double least = 1 + snapshot.Policy.SpillRatio;
        if (snapshot.Policy.SpillRatio <= 0) return false;
        Choice? best = null;
        foreach (ushort site in snapshot.Candidates.SitesOf(request.Row))
        {
            foreach (int n in snapshot.NodesOf(site))
            {
                ref NodeLedger ledger = ref snapshot.Load.Node(n);
                double utilisation = (ledger.Assigned + ledger.Offset + request.Kbps) * ledger.InverseCapacity;
                if (utilisation > least || request.Exclude.Contains(n) || !snapshot.Nodes[n].Serves(request.Role, request.Protocols, standard)) continue;
                least = utilisation;
                best = new Choice(n, site, RttMs(snapshot, in request, site), 0);
            }
        }
        if (best is not { } choice) return false;
        if (!request.LookOnly) snapshot.Load.TakeBeyond(choice.Node, choice.Site, request.Kbps);
        decision.Add(choice);
        return true;
    }

    private static int SitesNamed(in Decision decision)
    {
        if (decision.Count == 0) return 0;
        for (int i = 1; i < decision.Count; i++)
            if (decision[i].Site != decision[0].Site) return 2;
        return 1;
    }

    private static bool AnySiteServes(RoutingSnapshot snapshot, in DispatchRequest request)
    {
        foreach (SiteRoute site in snapshot.Sites)
            if (site.Serves(request.Role, request.Protocols)) return true;
        return false;
    }
}
