using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Dispatch;

/// <summary>The way out when a viewer's candidates cannot serve: every site of the world, in order of the cost that load does not change.</summary>
internal static class SiteSweep
{
    /// <summary>Names a node each of the cheapest sites that are not named yet and have room. O(sites), some microseconds for 500.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="standard">Worst standing that is accepted.</param>
    /// <param name="count">Candidates at which to stop.</param>
    /// <param name="decision">Takes the candidates.</param>
    public static void Fill(RoutingSnapshot snapshot, in DispatchRequest request, Eligibility standard, int count, ref Decision decision)
    {
        int sites = snapshot.Sites.Length;
        Span<float> costs = stackalloc float[sites];
        for (int s = 0; s < sites; s++)
        {
            ref SiteLedger ledger = ref snapshot.Load.Site(s);
            bool open = snapshot.Fleet.Sites[s] is not null && ledger.Assigned + request.Kbps <= ledger.Ceiling
                && (standard == Eligibility.Silent || snapshot.Sites[s].Serves(request.Role, request.Protocols))
                && snapshot.Fences.Allow(request.Cell, s) && !request.Avoids(s)
                && !Named(in decision, s);
            costs[s] = open ? CostMs(snapshot, in request, s, RttMs(snapshot, request.Cell, s)) : float.MaxValue;
        }
        while (decision.Count < count)
        {
            int best = 0;
            for (int s = 1; s < sites; s++)
                if (costs[s] < costs[best]) best = s;
            if (sites == 0 || costs[best] == float.MaxValue) return;
            Dispatcher.Name(snapshot, in request, standard, best, costs[best], 1, ref decision);
            costs[best] = float.MaxValue;
        }
    }

    /// <summary>Round-trip time from a cell to a site that there is, ms.</summary>
    public static float RttMs(RoutingSnapshot snapshot, int cell, int site) =>
        snapshot.Candidates.RttMs(cell, site);

    /// <summary>Cost of a site that load does not change, ms-equivalents.</summary>
    public static float CostMs(RoutingSnapshot snapshot, int site, float rttMs) =>
        (float)snapshot.Policy.Cost.Of(rttMs, 0) + snapshot.Candidates.SitePriceMs[site];

    /// <summary>Cost of a site that load does not change, for whoever asks, ms-equivalents.</summary>
    public static float CostMs(RoutingSnapshot snapshot, in DispatchRequest request, int site, float rttMs) =>
        request.Role == NodeRoles.Ingest ? IngestCost.Of(snapshot, in request, site, rttMs) : CostMs(snapshot, site, rttMs);

    private static bool Named(in Decision decision, int site)
    {
        for (int i = 0; i < decision.Count; i++)
            if (decision[i].Site == site) return true;
        return false;
    }
}
