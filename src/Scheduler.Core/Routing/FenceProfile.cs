using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>What the fences of one set of cells amount to.</summary>
/// <param name="Open">A bit for each site index: set when the site may serve.</param>
/// <param name="Offered">What nodes of the sites that may serve offer, whatever their state.</param>
/// <param name="OfferedByAll">What nodes of all sites offer, whatever their state.</param>
/// <param name="Reason">Why sites are barred, for people; empty when none is.</param>
internal sealed record FenceProfile(ulong[] Open, SiteOffer Offered, SiteOffer OfferedByAll, string Reason)
{
    public bool Allows(int site) => (Open[site >> 6] >> (site & 63) & 1) != 0;

    public bool LeavesNothing(NodeRoles role, StreamProtocols protocols) => OfferedByAll.Has(role, protocols) && !Offered.Has(role, protocols);
}
