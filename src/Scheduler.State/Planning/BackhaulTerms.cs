using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;

namespace Scheduler.State.Planning;

/// <summary>
/// What backhaul adds to a site's terms in the plan: each Mbit/s that a site serves has it pull a part of one, over links that cost money and fill up. The part is
/// measured: what the site pulls over what it serves.
/// </summary>
internal sealed class BackhaulTerms
{
    /// <summary>A price that moved by less is not a reason to plan anew, ms-equivalents.</summary>
    private const double LeastMove = 0.25;

    private double[] _priceMs = [];
    private double[] _mostMbps = [];

    /// <summary>What one more Mbit/s served costs on the site's links: the price of the cheapest way that is open, its load's price with it, times the part pulled, ms-equivalents.</summary>
    public double PriceMs(int site) => site < _priceMs.Length ? _priceMs[site] : 0;

    /// <summary>The most that the site can serve before its links are full, Mbit/s; infinite while they bound nothing.</summary>
    public double MostMbps(int site) => site < _mostMbps.Length ? _mostMbps[site] : double.PositiveInfinity;

    /// <summary>Looks at what is pulled and served now.</summary>
    public void Update(UpstreamView? view, RoutingSnapshot snapshot)
    {
        if (view is null) return;
        int sites = snapshot.Fleet.Sites.Length, before = _priceMs.Length;
        if (before < sites)
        {
            Array.Resize(ref _priceMs, sites);
            Array.Resize(ref _mostMbps, sites);
        }
        for (int site = 0; site < sites; site++)
        {
            (double price, _mostMbps[site]) = site < view.Table.SiteBound && !view.Table.IsIdc(site) ? Of(view, snapshot, site) : (0, double.PositiveInfinity);
            if (Math.Abs(price - _priceMs[site]) >= LeastMove || price == 0) _priceMs[site] = price;
        }
    }

    private static (double PriceMs, double MostMbps) Of(UpstreamView view, RoutingSnapshot snapshot, int site)
    {
        (int first, int count) = view.Table.WaysTo(site);
        long pulled = 0;
        double room = 0, cheapest = double.PositiveInfinity;
        for (int way = first; way < first + count; way++)
        {
            ref readonly UpstreamWay at = ref view.Table.Way(way);
            pulled += view.Links.LoadKbps(way);
            if (view.Links.IsClosed(way) || snapshot.Site(at.From).Eligibility != Eligibility.Eligible) continue;
            room += at.Link is null ? double.PositiveInfinity : DrainFeasibility.Fill * at.CapacityKbps;
            cheapest = Math.Min(cheapest, at.PriceMs + view.Links.PriceMs(way));
        }
        long served = snapshot.Load.SiteLoadKbps(site);
        if (pulled == 0 || served == 0 || double.IsPositiveInfinity(cheapest)) return (0, double.PositiveInfinity); // what pulls nothing, or can pull nothing, is not bounded by links
        double part = Math.Min(1, (double)pulled / served);
        return (part * cheapest, room / part / 1_000);
    }
}
