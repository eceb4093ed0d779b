using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Drains;

/// <summary>Which sites take over what a drain's target no longer gets.</summary>
public static class DrainReceivers
{
    /// <summary>How much dearer than the best other site the target may be for a cell, ms-equivalents, and still be taken to serve it: what load costs at 0.82.</summary>
    public const float NearMs = 15;

    /// <summary>Marks the site to which each cell that the target serves would go now. O(cells x row), some tens of microseconds for 2,000 cells.</summary>
    /// <param name="snapshot">Rows, prices and standings.</param>
    /// <param name="closing">By site index: true for a site that the drain takes away whole.</param>
    /// <param name="cellKbps">By dense cell index: demand, kbit/s. Where none of the target's cells has any, all of them count.</param>
    /// <param name="receivers">Output, by site index.</param>
    public static void Mark(RoutingSnapshot snapshot, ReadOnlySpan<bool> closing, ReadOnlySpan<long> cellKbps, Span<bool> receivers)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        receivers.Clear();
        if (MarkThose(snapshot, closing, cellKbps, receivers)) return;
        MarkThose(snapshot, closing, [], receivers);
    }

    private static bool MarkThose(RoutingSnapshot snapshot, ReadOnlySpan<bool> closing, ReadOnlySpan<long> cellKbps, Span<bool> receivers)
    {
        bool any = false;
        for (int cell = 0; cell < snapshot.Candidates.Cells.Length; cell++)
        {
            if (!cellKbps.IsEmpty && cellKbps[cell] <= 0) continue;
            ReadOnlySpan<ushort> sites = snapshot.Candidates.SitesOf(cell);
            ReadOnlySpan<float> costs = snapshot.Candidates.CostsOf(cell);
            float target = float.MaxValue, best = SiteRanking.Closed;
            int receiver = 0;
            for (int i = 0; i < sites.Length; i++)
            {
                int site = sites[i];
                if (closing[site])
                {
                    target = Math.Min(target, costs[i]);
                    continue;
                }
                if (snapshot.PlayingMs[site] >= SiteRanking.Closed) continue;
                float score = costs[i] + snapshot.PlayingMs[site] + snapshot.Load.Prices[site];
                if (score < best) (best, receiver) = (score, site);
            }
            if (best >= SiteRanking.Closed || target > best + NearMs) continue;
            receivers[receiver] = true;
            any = true;
        }
        return any;
    }

    /// <summary>The receivers' headroom, all together, kbit/s.</summary>
    /// <param name="load">Live load.</param>
    /// <param name="receivers">By site index.</param>
    /// <param name="mostUtilisation"><see cref="ReceiverBounds.MostUtilisation"/>.</param>
    public static long HeadroomKbps(LiveLoad load, ReadOnlySpan<bool> receivers, double mostUtilisation)
    {
        ArgumentNullException.ThrowIfNull(load);
        long sum = 0;
        for (int site = 0; site < receivers.Length; site++)
            if (receivers[site]) sum += MigrationPacer.RoomKbps(load.SiteCapacityKbps(site), load.SiteLoadKbps(site), mostUtilisation);
        return sum;
    }
}
