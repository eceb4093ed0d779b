using System.Numerics;
using System.Runtime.CompilerServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Routing;

namespace Scheduler.Core.Dispatch;

/// <summary>
/// Chooses the node of a site: bounded-load rendezvous hashing of the stream (Mirrokni, Thorup, Zadimoghaddam), so that a stream's viewers
/// meet on few nodes without overloading them. Load is in bits, not sessions.
/// </summary>
internal static class NodePicker
{
    /// <summary>
    /// The node with the best hash among those with room whose utilisation stays within the bound; when all are beyond it, the least utilised.
    /// </summary>
    /// <param name="snapshot">The snapshot of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="site">Index of the site.</param>
    /// <param name="standard">Worst standing that is accepted.</param>
    /// <param name="named">Nodes already named are passed over.</param>
    /// <param name="node">Index of the node; meaningless when none was found.</param>
    /// <returns>False when no node of the site may be named and has room.</returns>
    public static bool TryPick(
        RoutingSnapshot snapshot, in DispatchRequest request, int site, Eligibility standard, in Decision named, out int node)
    {
        LiveLoad load = snapshot.Load;
        ref SiteLedger siteLedger = ref load.Site(site);
        double utilisation = (siteLedger.Assigned + siteLedger.Offset + request.Kbps) * siteLedger.InverseCapacity;
        double bound = Math.Max(snapshot.Policy.BoundFloor, (1 + snapshot.Policy.BoundEpsilon) * utilisation);
        uint stream = (uint)(request.Stream ^ (request.Stream >> 32));
        float bestKey = float.MaxValue;
        double leastRatio = double.MaxValue;
        bool within = false, found = false;
        node = 0;
        NodeRoute[] routes = snapshot.Nodes;
        foreach (int n in snapshot.NodesOf(site))
        {
            ref readonly NodeRoute route = ref routes[n];
            if (!route.Serves(request.Role, request.Protocols, standard)) continue;
            ref NodeLedger ledger = ref load.Node(n);
            long assigned = ledger.Assigned;
            if (assigned + request.Kbps > ledger.Ceiling || request.Exclude.Contains(n) || named.Names(n)) continue;
            double ratio = (assigned + ledger.Offset + request.Kbps) * ledger.InverseCapacity;
            if (ratio <= bound)
            {
                float key = RendezvousKey(stream, route.Seed, route.Weight);
                if (within && key >= bestKey) continue;
                bestKey = key;
                within = true;
            }
            else
            {
                if (within || (found && ratio >= leastRatio)) continue;
                leastRatio = ratio;
            }
            node = n;
            found = true;
        }
        return found;
    }

    /// <summary>
    /// <c>-log2(h) / weight</c> of a hash h of stream and node, uniform in (0, 1): the node with the least key wins, and wins in proportion to
    /// its weight. The logarithm is piecewise linear between powers of two: monotone, so that equal weights are exact, and within 0.09.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float RendezvousKey(uint stream, uint seed, float weight)
    {
        uint h = (stream ^ seed) * 0x9E3779B1u;
        h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
        h = (h ^ (h >> 13)) * 0xC2B2AE35u;
        h = (h ^ (h >> 16)) | 1;
        int zeros = BitOperations.LeadingZeroCount(h);
        float fraction = (h << zeros << 1) * (1f / 4294967296f); // the bits below the leading one, in [0, 1)
        return (zeros + 1 - fraction) / weight;
    }
}
