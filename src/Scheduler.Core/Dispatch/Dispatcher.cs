using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

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
    [SkipLocalsInit] // the room for scores is written before it is read
    public static void Decide(RoutingSnapshot snapshot, in DispatchRequest request, out Decision decision)
    {
        decision = default;
        snapshot = snapshot.As(request.Class);
        Eligibility standard = StandardOf(snapshot);
        bool stayed = TryStay(snapshot, in request, standard, ref decision);

        Span<float> scores = stackalloc float[CandidateTable.RowLength];
        Span<ushort> chosen = stackalloc ushort[CandidateTable.RowLength];
        SiteRanking ranking = request.Role == NodeRoles.Edge
            ? RankRow(snapshot, request.Row, snapshot.Streams.Find(request.Stream, request.WarmEpoch), scores)
            : RankAll(snapshot, in request, chosen, scores);
        if (!request.Avoid.IsEmpty) ranking = Without(in request, ranking.Sites, scores);
        Prefer(snapshot, in request, ref ranking);
        Fill(snapshot, in request, standard, ranking, ref decision);

        // Nothing near can serve, or only one site: the rest of the world is asked, in the second case for one more site.
        if (decision.Count < request.Want && SitesNamed(in decision) < 2)
            SiteSweep.Fill(snapshot, in request, standard, decision.Count == 0 ? request.Want : decision.Count + 1, ref decision);
        for (int i = 0; i < decision.Count && decision.Count < request.Want; i++) // more nodes of the sites that were named, the best first
            Name(snapshot, in request, standard, decision[i].Site, decision[i].Score, request.Want, ref decision);
        if (decision.Count == 0 && standard != Eligibility.Silent)
            SiteSweep.Fill(snapshot, in request, Eligibility.Silent, request.Want, ref decision);
        bool spilled = decision.Count == 0 && TrySpill(snapshot, in request, standard, ref decision);

        if (decision.Count == 0)
        {
            decision.Outcome =
                AnySiteServes(snapshot, in request) ? DispatchOutcome.NoRoom
                : snapshot.Fences.LeaveNothing(request.Cell, request.Role, request.Protocols) ? DispatchOutcome.Fenced
                : DispatchOutcome.NoEligibleSite;
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

    /// <summary>Worst standing that is accepted at first: silent nodes count as eligible while the snapshot is frozen.</summary>
    internal static Eligibility StandardOf(RoutingSnapshot snapshot) => snapshot.Frozen ? Eligibility.Silent : Eligibility.Eligible;

    /// <summary>Takes the node of the viewer's previous session, when it may be named and has room.</summary>
    private static bool TryStay(RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, ref Decision decision)
    {
        if (request.Stay is not { } node || request.Exclude.Contains(node)) return false;
        if (!snapshot.Nodes[node].Serves(request.Role, request.Protocols, standard)) return false;
        int site = snapshot.Fleet.SiteOf(node);
        if (!snapshot.Fences.Allow(request.Cell, site)) return false;
        if (!TryTake(snapshot, in request, node, site)) return false;
        decision.Add(new Choice(node, site, SiteSweep.RttMs(snapshot, request.Cell, site), 0));
        return true;
    }

    /// <summary>
    /// Scores the candidates of the viewer's row. No branch in the loop depends on what it reads; whether a site speaks the protocol and has room
    /// is looked for later, where it wins.
    /// </summary>
    internal static SiteRanking RankRow(RoutingSnapshot snapshot, int row, StreamEntry stream, Span<float> scores)
    {
        ref readonly CandidateRow candidates = ref snapshot.Candidates.Row(row);
        ReadOnlySpan<ushort> sites = candidates.Sites;
        ReadOnlySpan<float> costs = candidates.CostsMs[..sites.Length];
        int cold = BitConverter.SingleToInt32Bits((float)snapshot.Policy.Cost.ColdStreamMs);
        // The table is compiled for this very snapshot: its sites are within both arrays, and asking so again would be a fifth of the loop.
        ref float standings = ref MemoryMarshal.GetArrayDataReference(snapshot.PlayingMs);
        ref float prices = ref MemoryMarshal.GetReference(snapshot.Load.Prices);
        int best = LeastFloat.None;
        for (int i = 0; i < sites.Length; i++)
        {
            int s = sites[i];
            int isCold = stream.WarmBit(s) - 1; // all ones, or zero: a branch would be foreseen wrongly every other time
            float score = costs[i] + Unsafe.Add(ref prices, s) + Unsafe.Add(ref standings, s) + BitConverter.Int32BitsToSingle(cold & isCold);
            int placed = LeastFloat.BitsAt(score, i);
            scores[i] = BitConverter.Int32BitsToSingle(placed);
            best = Math.Min(best, placed);
        }
        scores[sites.Length..].Fill(LeastFloat.Filler);
        return new SiteRanking(sites, scores, best);
    }

    /// <summary>Closes the sites that the request avoids, after the loop that scores: few requests avoid any, and it is to stay as short as it is.</summary>
    private static SiteRanking Without(in DispatchRequest request, ReadOnlySpan<ushort> sites, Span<float> scores)
    {
        for (int i = 0; i < sites.Length; i++)
            if (request.Avoids(sites[i])) scores[i] = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(SiteRanking.Closed, i));
        return new SiteRanking(sites, scores, LeastFloat.LeastAbove(scores, -1));
    }

    /// <summary>Has another site than the best tried first: one that nobody has measured, for a few, else one of several about equal.</summary>
    internal static void Prefer(RoutingSnapshot snapshot, in DispatchRequest request, ref SiteRanking ranking)
    {
        int best = ranking.First;
        if (best < 0) return;
        DispatchPolicy policy = snapshot.Policy;
        if (request.Role == NodeRoles.Edge && policy.ExploreShare > 0
            && Exploration.IsTurnOf(policy, request.Viewer, request.WarmEpoch, out uint draw)
            && Exploration.Choose(snapshot, request.Row, draw, ranking.Scores, best) is var tried && tried != best)
        {
            ranking.Prefer(tried);
            return;
        }
        if (policy.NearMs > 0) ranking.Prefer(NearEquals.Choose(snapshot, request.Viewer, request.Kbps, ranking.Sites, ranking.Scores, best));
    }

    /// <summary>Scores every site and keeps the best sixteen: publishers are few and go to IDCs, for which no row is kept.</summary>
    internal static SiteRanking RankAll(RoutingSnapshot snapshot, in DispatchRequest request, Span<ushort> sites, Span<float> scores)
    {
        int count = 0;
        for (int s = 0; s < snapshot.Sites.Length; s++)
        {
            ref SiteLedger ledger = ref snapshot.Load.Site(s);
            if (!snapshot.Sites[s].Serves(request.Role, request.Protocols) || ledger.Assigned + request.Kbps > ledger.Ceiling) continue;
            if (!snapshot.Fences.Allow(request.Cell, s)) continue;
            float rtt = SiteSweep.RttMs(snapshot, request.Cell, s);
            float score = IngestCost.Of(snapshot, in request, s, rtt) + snapshot.Sites[s].ExtraMs + snapshot.Load.Prices[s];
            int place = count < sites.Length ? count++ : LeastFloat.IndexOfGreatest(scores);
            if (place == count - 1 || score < scores[place]) (sites[place], scores[place]) = ((ushort)s, score);
        }
        for (int i = 0; i < count; i++) scores[i] = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(scores[i], i));
        scores[count..].Fill(LeastFloat.Filler);
        return new SiteRanking(sites[..count], scores, LeastFloat.LeastAbove(scores, -1));
    }

    /// <summary>
    /// Names nodes of the ranked sites: one of the best and, where three or more are wanted, a second of it, then one of each next site. So a
    /// viewer whose node fails stays close, and one whose site fails has somewhere to go.
    /// </summary>
    private static void Fill(
        RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, SiteRanking ranking, ref Decision decision)
    {
        int fromBest = request.Want >= 3 ? 2 : 1;
        while (decision.Count < request.Want && ranking.TryTakeBest(out int site, out float score))
        {
            if (decision.Count == 0 && request.Want > 1 && ranking.TryPeek(out int next)) snapshot.FetchNodesOf(next); // it is read in a moment
            ref SiteLedger ledger = ref snapshot.Load.Site(site);
            if (ledger.Assigned + request.Kbps > ledger.Ceiling || !snapshot.Sites[site].Serves(request.Role, request.Protocols)) continue;
            Name(snapshot, in request, standard, site, score, decision.Count == 0 ? fromBest : 1, ref decision);
        }
    }

    /// <summary>Names more nodes of a site, at most as many as are asked for; the first of a decision is taken as well.</summary>
    [SkipLocalsInit] // the room for keys is written before it is read
    internal static void Name(
        RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, int site, float score, int count, ref Decision decision)
    {
        var picker = new NodePicker(snapshot, in request, site, standard, stackalloc float[NodePicker.MostHashed]);
        float rtt = RttMs(snapshot, in request, site);
        while (count > 0 && decision.Count < request.Want && picker.TryPick(snapshot, in request, in decision, out int node))
        {
            // Another request may take the last room between the choice and the taking; then the next best node is chosen.
            if (decision.Count == 0 && !TryTake(snapshot, in request, node, site)) continue;
            decision.Add(new Choice(node, site, rtt, score));
            count--;
        }
    }

    /// <summary>Round-trip time from the viewer's cell to a site, ms: from his row where it stands there.</summary>
    private static float RttMs(RoutingSnapshot snapshot, in DispatchRequest request, int site)
    {
        if (request.Row == request.Cell)
        {
            ref readonly CandidateRow row = ref snapshot.Candidates.Row(request.Row);
            int place = row.Sites.IndexOf((ushort)site);
            if (place >= 0) return row.RttsMs[place];
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
            foreach (NodeSlot slot in snapshot.NodesOf(site))
            {
                int n = slot.Node;
                ref NodeLedger ledger = ref snapshot.Load.Node(n);
                double utilisation = (ledger.LoadKbps + request.Kbps) * ledger.InverseCapacity;
                if (utilisation > least || request.Exclude.Contains(n) || !slot.Route.Serves(request.Role, request.Protocols, standard)) continue;
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
        for (int s = 0; s < snapshot.Sites.Length; s++)
            if (snapshot.Sites[s].Serves(request.Role, request.Protocols) && snapshot.Fences.Allow(request.Cell, s)) return true;
        return false;
    }
}
