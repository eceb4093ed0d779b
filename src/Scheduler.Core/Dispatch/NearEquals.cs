using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Which of the sites that are about as good as the best one takes a viewer. Replicas that do not see each other, and viewers who ask at the same
/// moment, are so kept from all going to one site for the sake of half a millisecond.
/// </summary>
internal static class NearEquals
{
    /// <summary>
    /// Weighted rendezvous hashing of the viewer over the sites within <see cref="DispatchPolicy.NearMs"/> of the best. A site's weight is its room, and
    /// fades with the eighth power of its nearness to the edge: equals share evenly, one that is a millisecond dearer gets little, and one that drifts over the
    /// edge brings no jump. A fade in a straight line cost 0.4 % of the whole in the simulator.
    /// </summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="viewer">The viewer's number.</param>
    /// <param name="kbps">What he weighs; a site without room for him is passed over.</param>
    /// <param name="sites">The row.</param>
    /// <param name="scores">Beside <paramref name="sites"/>.</param>
    /// <param name="best">Place of the least score.</param>
    /// <returns>The place of the site that takes him; <paramref name="best"/> when none of them has room.</returns>
    public static int Choose(RoutingSnapshot snapshot, uint viewer, long kbps, ReadOnlySpan<ushort> sites, ReadOnlySpan<float> scores, int best) =>
        Choose(snapshot, viewer, kbps, sites, scores, best, (float)snapshot.Policy.NearMs);

    /// <summary>As above, with another width.</summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="viewer">The viewer's number.</param>
    /// <param name="kbps">What he weighs.</param>
    /// <param name="sites">The row.</param>
    /// <param name="scores">Beside <paramref name="sites"/>.</param>
    /// <param name="best">Place of the least score.</param>
    /// <param name="width">How much dearer than the best a site may be, ms-equivalents; over 0.</param>
    public static int Choose(
        RoutingSnapshot snapshot, uint viewer, long kbps, ReadOnlySpan<ushort> sites, ReadOnlySpan<float> scores, int best, float width)
    {
        float least = scores[best];
        uint near = LeastFloat.WhereBelow(scores, least + width);
        if ((near & (near - 1)) == 0) return best;
        int chosen = best;
        float leastKey = float.MaxValue;
        ref uint seeds = ref MemoryMarshal.GetArrayDataReference(snapshot.SiteSeeds);
        for (; near != 0; near &= near - 1)
        {
            int place = System.Numerics.BitOperations.TrailingZeroCount(near);
            int site = sites[place];
            ref SiteLedger ledger = ref snapshot.Load.Site(site);
            long room = ledger.Ceiling - ledger.Assigned - kbps;
            if (room < 0) continue;
            float square = 1 - ((scores[place] - least) / width);
            square *= square;
            square *= square;
            float weight = (room + 1) * square * square;
            float key = RendezvousHash.Key(viewer, Unsafe.Add(ref seeds, site), 1 / weight);
            if (key >= leastKey) continue;
            leastKey = key;
            chosen = place;
        }
        return chosen;
    }
}
