using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Routing;
using Scheduler.Core.Upstreams;
using Scheduler.State.Upstreams;

namespace Scheduler.State.Planning;

/// <summary>
/// Tells whether links can carry what a drained IDC feeds now. A PoP's links are its own, so the cut falls apart into one for each PoP: what it pulls from the target
/// against the room on its other links. Trunks between IDCs are left out, as the homes behind them move along.
/// </summary>
internal static class BackhaulForesight
{
    /// <summary>Foresees it.</summary>
    /// <param name="upstreams">What is pulled now.</param>
    /// <param name="fleet">The fleet that the sites' indexes belong to.</param>
    /// <param name="target">Indexes of the target's nodes.</param>
    /// <param name="gone">By site index: true for a site that the drain, or another one, takes whole.</param>
    /// <param name="sites">Indexes of the sites that this one takes whole.</param>
    public static BackhaulOutlook Look(UpstreamLoop upstreams, FleetIndex fleet, IEnumerable<int> target, ReadOnlySpan<bool> gone, ImmutableArray<int> sites)
    {
        UpstreamCounts counts = upstreams.Counts;
        var shortages = new List<LinkShortage>();
        if (upstreams.View is { } view && ReferenceEquals(view.Snapshot.Fleet, fleet))
        {
            for (int site = 0; site < view.Table.SiteBound; site++)
                if (fleet.Sites[site] is not null && !gone[site] && !view.Table.IsIdc(site) && ShortageOf(view, site, gone, sites) is { } found) shortages.Add(found);
        }
        shortages.Sort(static (left, right) => right.ShortKbps.CompareTo(left.ShortKbps));
        return new BackhaulOutlook(target.Sum(counts.ArrivalsAt), sites.Sum(counts.PullsFrom), sites.Sum(counts.KbpsFrom), [.. shortages]);
    }

    private static LinkShortage? ShortageOf(UpstreamView view, int site, ReadOnlySpan<bool> gone, ImmutableArray<int> sites)
    {
        long moved = 0, widest = 0;
        double room = 0;
        int? left = null;
        (int first, int count) = view.Table.WaysTo(site);
        for (int way = first; way < first + count; way++)
        {
            ref readonly UpstreamWay at = ref view.Table.Way(way);
            if (sites.Contains(at.From)) moved += view.Links.LoadKbps(way);
            if (gone[at.From] || view.Links.IsClosed(way)) continue;
            if (at.Link is null) return null; // a way without a link has no bound
            room += Math.Max(0, (DrainFeasibility.Fill * at.CapacityKbps) - view.Links.LoadKbps(way));
            if (at.CapacityKbps > widest) (widest, left) = (at.CapacityKbps, at.From);
        }
        return moved > room ? new LinkShortage(site, left, (long)Math.Ceiling(moved - room)) : null;
    }
}
