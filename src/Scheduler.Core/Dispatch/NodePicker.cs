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
    /// <summary>Nodes that are tried by hash alone before all ledgers are read.</summary>
    private const int QuickTries = 3;

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
        ref SiteLedger ledger = ref snapshot.Load.Site(site);
        double utilisation = (ledger.Assigned + ledger.Offset + request.Kbps) * ledger.InverseCapacity;
        double bound = Math.Max(snapshot.Policy.BoundFloor, (1 + snapshot.Policy.BoundEpsilon) * utilisation);
        uint stream = (uint)(request.Stream ^ (request.Stream >> 32));

        // Most often the first by hash will do: then one ledger is read instead of all.
        float above = float.MinValue;
        for (int i = 0; i < QuickTries; i++)
        {
            if (!TryNext(snapshot, in request, site, standard, in named, stream, above, out node, out above)) break;
            if (Judge(snapshot.Load, node, request.Kbps, out double ratio) && ratio <= bound) return true;
        }
        return TryPickByLedger(snapshot, in request, site, standard, in named, stream, bound, out node);
    }

    /// <summary>The node whose key follows a given one; no ledger is read.</summary>
    private static bool TryNext(
        RoutingSnapshot snapshot, in DispatchRequest request, int site, Eligibility standard, in Decision named, uint stream, float above,
        out int node, out float key)
    {
        NodeRoute[] routes = snapshot.Nodes;
        key = float.MaxValue;
        node = 0;
        bool found = false;
        foreach (int n in snapshot.NodesOf(site))
        {
            ref readonly NodeRoute route = ref routes[n];
            float candidate = RendezvousKey(stream, route.Seed, route.Weight);
            if (candidate >= key || candidate <= above) continue;
            if (!route.Serves(request.Role, request.Protocols, standard) || named.Names(n) || request.Exclude.Contains(n)) continue;
            key = candidate;
            node = n;
            found = true;
        }
        return found;
    }

    private static bool TryPickByLedger(
        RoutingSnapshot snapshot, in DispatchRequest request, int site, Eligibility standard, in Decision named, uint stream, double bound,
        out int node)
    {
        NodeRoute[] routes = snapshot.Nodes;
        float bestKey = float.MaxValue;
        double leastRatio = double.MaxValue;
        bool within = false, found = false;
        node = 0;
        foreach (int n in snapshot.NodesOf(site))
        {
            ref readonly NodeRoute route = ref routes[n];
            if (!route.Serves(request.Role, request.Protocols, standard) || named.Names(n) || request.Exclude.Contains(n)) continue;
            if (!Judge(snapshot.Load, n, request.Kbps, out double ratio)) continue;
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

    /// <summary>Whether a session fits a node, and how utilised the node would be with it.</summary>
    private static bool Judge(LiveLoad load, int node, long kbps, out double ratio)
    {
        ref NodeLedger ledger = ref load.Node(node);
        long assigned = ledger.Assigned + kbps;
        ratio = (assigned + ledger.Offset) * ledger.InverseCapacity;
        return assigned <= ledger.Ceiling;
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
