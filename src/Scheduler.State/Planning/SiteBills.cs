using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;

namespace Scheduler.State.Planning;

/// <summary>
/// Meters the sites that pay their 95th percentile over a commit, and tells plans and decisions from which load on a site costs more. Kept in memory: after a
/// restart the month's samples are those since then, and commits alone hold at first.
/// </summary>
internal sealed class SiteBills
{
    private readonly Dictionary<int, CommitMeter> _byNumber = [];

    /// <summary>Notes the load of a site, and has decisions read what more of it costs.</summary>
    /// <param name="snapshot">Gives policy and load.</param>
    /// <param name="site">The site.</param>
    /// <param name="unixMs">Now, Unix ms.</param>
    /// <returns>The bill as a term of a plan; null where every Mbit/s costs the same.</returns>
    public CommitTerm? Observe(RoutingSnapshot snapshot, IndexedSite site, long unixMs)
    {
        SiteCost cost = snapshot.Policy.Cost;
        if (!cost.IsByCommit(site.Tariff))
        {
            snapshot.Load.SetBill(site.Index, null);
            return null;
        }
        if (!_byNumber.TryGetValue(site.Number, out CommitMeter? meter)) _byNumber[site.Number] = meter = new CommitMeter();
        meter.Observe(snapshot.Load.SiteLoadKbps(site.Index) / 1_000.0, unixMs);
        double freeMbps = meter.FreeMbps(site.Tariff.Commit.Mbps), priceMs = cost.PriceWeight * site.Tariff.PricePerMbps;
        snapshot.Load.SetBill(site.Index, new SiteBill(freeMbps * 1_000, priceMs));
        return new CommitTerm(freeMbps, priceMs);
    }
}
