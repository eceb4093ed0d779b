using System.Runtime.CompilerServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// Chooses the node of an IDC: the one that the child has, else the one where the stream comes in, else by bounded-load rendezvous of the stream over the nodes
/// that feed others, so that the children of a relay meet at one node.
/// </summary>
internal static class UpstreamNodes
{
    /// <summary>Picks a node that is not named yet.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="question">Who asks for what.</param>
    /// <param name="paths">The paths of the question.</param>
    /// <param name="site">Index of the IDC.</param>
    /// <param name="entryOnly">True to name no other node than the one where the stream comes in.</param>
    /// <param name="named">Parents that have been named.</param>
    /// <param name="node">Index of the node; meaningless when there is none.</param>
    [SkipLocalsInit] // the keys are written before they are read
    public static bool TryPick(
        UpstreamView view, in UpstreamQuestion question, in UpstreamPaths paths, int site, bool entryOnly, ReadOnlySpan<UpstreamParent> named,
        out int node)
    {
        if (!entryOnly && site == paths.Current && question.Current is { } current && Allows(in question, in paths, current, named, out _))
        {
            node = current;
            return true;
        }
        if (paths.EntryAt(site) is { } entry && Allows(in question, in paths, entry, named, out _))
        {
            node = entry;
            return true;
        }
        node = 0;
        if (entryOnly) return false;
        RoutingSnapshot snapshot = view.Snapshot;
        int start = snapshot.SiteStart[site], count = snapshot.SiteStart[site + 1] - start;
        if (count > LeastFloat.MostPlaces)
        {
            // Of a larger site the stream looks at a part of its own.
            start += (int)(ViewerHash.Mix(question.Stream) % (uint)(count - LeastFloat.MostPlaces + 1));
            count = LeastFloat.MostPlaces;
        }
        int padded = LeastFloat.Padded(count);
        Span<float> keys = stackalloc float[LeastFloat.MostPlaces];
        int least = RendezvousHash.Keys(
            RendezvousHash.Fold(question.Stream), snapshot.NodeSeeds.AsSpan(start, padded), snapshot.NodeInverseWeights.AsSpan(start, padded), count, keys);
        ref SiteLedger ledger = ref snapshot.Load.Site(site);
        double bound = Math.Max(snapshot.Policy.BoundFloor, (1 + snapshot.Policy.BoundEpsilon) * (ledger.LoadKbps + question.Kbps) * ledger.InverseCapacity);
        int none = BitConverter.SingleToInt32Bits(LeastFloat.Filler);
        bool found = false;
        for (; least < none; least = LeastFloat.LeastAbove(keys[..padded], least))
        {
            NodeSlot slot = snapshot.SiteNodes[start + LeastFloat.PlaceOf(least)];
            if ((slot.Route.Roles & NodeRoles.Origin) == 0 || !Allows(in question, in paths, slot.Node, named, out double ratio)) continue;
            if (!found) node = slot.Node; // beyond the bound too it is better than none
            found = true;
            if (ratio > bound) continue;
            node = slot.Node;
            return true;
        }
        return found;
    }

    private static bool Allows(in UpstreamQuestion question, in UpstreamPaths paths, int node, ReadOnlySpan<UpstreamParent> named, out double ratio)
    {
        ratio = 0;
        if (node == question.Node || !paths.IsOpen(node) || !paths.HasRoom(node, out ratio)) return false;
        foreach (ref readonly UpstreamParent parent in named)
            if (parent.Node == node) return false;
        return true;
    }
}
