using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// The decision for those who only learn names: the same score, fences and room as <see cref="Dispatcher"/>, but nothing is held, nothing is tried out, and every node that is named
/// is of a site about as good as the best, since it is not the scheduler who chooses among them. Pure; allocates nothing and takes no lock.
/// </summary>
public static class SteeredDispatcher
{
    /// <summary>How much dearer than the best site that can serve a named one may be, ms-equivalents.</summary>
    public const float WithinMs = 5;

    /// <summary>Length of an epoch, s: for so long the same client gets the same share of sites that are about equal.</summary>
    public const int EpochS = 60;

    /// <summary>
    /// The number that stands for a block of clients on a name for the length of an epoch. Blocks change epochs at different moments, so that they do not all move at once.
    /// </summary>
    /// <param name="block">Hash of the block of addresses.</param>
    /// <param name="seed">Hash of the name.</param>
    /// <param name="nowS">Now, s since 1970.</param>
    public static ulong ViewerOf(ulong block, ulong seed, long nowS)
    {
        long epoch = (nowS + (long)(block % EpochS)) / EpochS;
        return ViewerHash.Mix(block ^ seed ^ ((ulong)epoch * 0x9E3779B97F4A7C15UL));
    }

    /// <summary>Decides what a name stands for.</summary>
    /// <param name="snapshot">The snapshot that the question read once.</param>
    /// <param name="request">What is asked; it must only look.</param>
    /// <param name="decision">Outcome and candidates, best first.</param>
    public static void Decide(RoutingSnapshot snapshot, in DispatchRequest request, out Decision decision)
    {
        decision = default;
        RoutingSnapshot own = snapshot.As(request.Class);
        Eligibility standard = Dispatcher.StandardOf(own);
        Span<float> scores = stackalloc float[CandidateTable.RowLength];
        SiteRanking ranking = Dispatcher.RankRow(own, request.Row, own.Streams.Find(0, request.WarmEpoch), scores);
        ReadOnlySpan<ushort> sites = ranking.Sites;
        CloseFull(own, in request, sites, scores);
        // A site whose nodes are all full, or have no address of the family, is found out only by asking it: then the next best is the measure.
        while (decision.Count == 0 && TryFindBest(scores, out int best)) NameNear(own, in request, standard, sites, scores, best, ref decision);

        if (decision.Count == 0) SiteSweep.Fill(own, in request, standard, 1, ref decision);
        if (decision.Count == 0 && standard != Eligibility.Silent) SiteSweep.Fill(own, in request, Eligibility.Silent, 1, ref decision);
        for (int i = 0; i < decision.Count && decision.Count < request.Want; i++) // more nodes of the sites that were named, the first first
            Dispatcher.Name(own, in request, standard, decision[i].Site, decision[i].Score, request.Want, ref decision);
        decision.Outcome = OutcomeOf(own, in request, in decision);
    }

    /// <summary>Closes the sites without room for one more viewer.</summary>
    private static void CloseFull(RoutingSnapshot snapshot, in DispatchRequest request, ReadOnlySpan<ushort> sites, Span<float> scores)
    {
        for (int i = 0; i < sites.Length; i++)
        {
            ref SiteLedger ledger = ref snapshot.Load.Site(sites[i]);
            if (ledger.Assigned + request.Kbps > ledger.Ceiling || !snapshot.Sites[sites[i]].Serves(request.Role, request.Protocols)) Close(scores, i);
        }
    }

    /// <summary>Names a node of each site near the best, the viewer's own first; closes the sites that were asked.</summary>
    private static void NameNear(
        RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, ReadOnlySpan<ushort> sites, Span<float> scores, int best, ref Decision decision)
    {
        float dearest = scores[best] + WithinMs;
        float near = Math.Min((float)snapshot.Policy.NearMs, WithinMs);
        int place = near > 0 ? NearEquals.Choose(snapshot, request.Viewer, request.Kbps, sites, scores, best, near) : best;
        while (decision.Count < request.Want && scores[place] <= dearest)
        {
            Dispatcher.Name(snapshot, in request, standard, sites[place], scores[place], decision.Count == 0 && request.Want >= 3 ? 2 : 1, ref decision);
            Close(scores, place);
            if (!TryFindBest(scores, out place)) return;
        }
    }

    private static bool TryFindBest(ReadOnlySpan<float> scores, out int place)
    {
        int least = LeastFloat.LeastAbove(scores, -1);
        place = LeastFloat.PlaceOf(least);
        return BitConverter.Int32BitsToSingle(least) < SiteRanking.Closed; // the bits of none are those of no number, which is below nothing
    }

    private static void Close(Span<float> scores, int place) => scores[place] = BitConverter.Int32BitsToSingle(LeastFloat.BitsAt(SiteRanking.Closed, place));

    private static DispatchOutcome OutcomeOf(RoutingSnapshot snapshot, in DispatchRequest request, in Decision decision)
    {
        if (decision.Count == 0)
        {
            for (int s = 0; s < snapshot.Sites.Length; s++)
                if (snapshot.Sites[s].Serves(request.Role, request.Protocols) && snapshot.Fences.Allow(request.Cell, s)) return DispatchOutcome.NoRoom;
            return snapshot.Fences.LeaveNothing(request.Cell, request.Role, request.Protocols) ? DispatchOutcome.Fenced : DispatchOutcome.NoEligibleSite;
        }
        NodeRoute route = snapshot.Nodes[decision[0].Node];
        return route.Eligibility == Eligibility.Silent ? DispatchOutcome.Frozen : route.Doubted ? DispatchOutcome.Panic : DispatchOutcome.Placed;
    }
}
