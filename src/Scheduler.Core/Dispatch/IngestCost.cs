using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// What a site costs a publisher apart from its load: <c>a = RTT + 2 max(0, RTT - comfort) + weight * ingress price + placement</c>. What comes in is priced by
/// <see cref="Tariff.IngressPerMbps"/>, not by what is sent to viewers.
/// </summary>
public static class IngestCost
{
    /// <summary>
    /// Surcharge of the site where the stream comes in already, ms-equivalents: more than any way around the earth, so that a backup goes elsewhere while anything
    /// else can serve, and there when nothing can.
    /// </summary>
    public const float ApartMs = 10_000;

    /// <summary>
    /// Adds the way from each site to a place of the audience, weighted: the mean round-trip time that the stream's viewers are from it. Of two sites about as far
    /// from the publisher, the one on the side of the audience wins.
    /// </summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="site">Index of the site where viewers are served.</param>
    /// <param name="share">Its share of the audience, in (0, 1].</param>
    /// <param name="placementMs">By site index: takes the sum.</param>
    public static void AddAudience(FleetIndex fleet, int site, float share, Span<float> placementMs)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        if (fleet.Sites[site] is not { } watched) return;
        foreach (IndexedSite? other in fleet.Sites)
            if (other is { Site.Kind: SiteKind.Idc }) placementMs[other.Index] += share * (float)Geo.RttModel.EstimateMs(other.Site.Location, watched.Site.Location);
    }

    /// <summary>The cost of a site for a publisher, ms-equivalents.</summary>
    internal static float Of(RoutingSnapshot snapshot, in DispatchRequest request, int site, float rttMs) =>
        (float)snapshot.Policy.Cost.Of(rttMs, snapshot.Fleet.Sites[site]!.Tariff.IngressPerMbps) + PlacementMs(in request, site);

    /// <summary>What the stream adds, ms-equivalents.</summary>
    internal static float PlacementMs(in DispatchRequest request, int site) => site < request.PlacementMs.Length ? request.PlacementMs[site] : 0;
}
