using System.Runtime.CompilerServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// Chooses the node of an IDC: the one that the child has, else the one where the stream comes in unless it is fuller than the others, else by bounded-load rendezvous of the stream over the nodes
/// that feed others, so that the children of a relay meet at one node.
/// </summary>
internal static class UpstreamNodes
{
    /// <summary>Picks a node that is not named yet.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="question">Who asks for what.</param>
    /// <param name="paths">The paths of the question.</param>
    /// <param name="site">Index of the IDC.</param>
    /// <param name="entryOnly">True to name no other node than the one where the stream comes in, or in the asker's own IDC its relay.</param>
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
        RoutingSnapshot snapshot = view.Snapshot;
        ref SiteLedger ledger = ref snapshot.Load.Site(site);
        double bound = Math.Max(snapshot.Policy.BoundFloor, (1 + snapshot.Policy.BoundEpsilon) * (ledger.LoadKbps + question.Kbps) * ledger.InverseCapacity);
        // PoPs leave the entry to IDCs, which may pull from no other, where it is fuller than the rest.
        if (paths.EntryAt(site) is { } entry && Allows(in question, in paths, entry, named, out double filled) && (entryOnly || filled <= bound))
        {
            node = entry;
            return true;
        }
        node = 0;
        if (entryOnly && site == paths.Site && paths.EntryAt(site) is null)
            return TryFindRelay(view, in question, in paths, out node) && Allows(in question, in paths, node, named, out _);
        if (entryOnly) return false;
        int start = snapshot.SiteStart[site], count = snapshot.SiteStart[site + 1] - start;
        Span<float> keys = stackalloc float[LeastFloat.MostPlaces];
        int least = KeysOf(snapshot, question.Stream, ref start, ref count, keys), padded = LeastFloat.Padded(count);
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

    /// <summary>
    /// The node of the asker's IDC that pulls a stream from its home for all of them: the first by rendezvous that is well, however full it is. So it is the same one
    /// whoever asks, and never pulls from another; only where none is well it is one of the last resort.
    /// </summary>
    /// <param name="view">What is known.</param>
    /// <param name="question">Who asks for what.</param>
    /// <param name="paths">The paths of the question.</param>
    /// <param name="node">Index of the node; meaningless when there is none.</param>
    [SkipLocalsInit] // the keys are written before they are read
    public static bool TryFindRelay(UpstreamView view, in UpstreamQuestion question, in UpstreamPaths paths, out int node)
    {
        RoutingSnapshot snapshot = view.Snapshot;
        int start = snapshot.SiteStart[paths.Site], count = snapshot.SiteStart[paths.Site + 1] - start;
        Span<float> keys = stackalloc float[LeastFloat.MostPlaces];
        int least = KeysOf(snapshot, question.Stream, ref start, ref count, keys), none = BitConverter.SingleToInt32Bits(LeastFloat.Filler);
        bool found = false;
        node = 0;
        for (; least < none; least = LeastFloat.LeastAbove(keys[..LeastFloat.Padded(count)], least))
        {
            NodeSlot slot = snapshot.SiteNodes[start + LeastFloat.PlaceOf(least)];
            if ((slot.Route.Roles & NodeRoles.Origin) == 0) continue;
            if (paths.IsWell(slot.Node))
            {
                node = slot.Node;
                return true;
            }
            if (found || !paths.IsOpen(slot.Node)) continue;
            node = slot.Node;
            found = true;
        }
        return found;
    }

    /// <summary>Hashes the nodes of a site; of a larger one than can be hashed at once a part of the stream's own.</summary>
    private static int KeysOf(RoutingSnapshot snapshot, ulong stream, ref int start, ref int count, Span<float> keys)
    {
        if (count > LeastFloat.MostPlaces)
        {
            start += (int)(ViewerHash.Mix(stream) % (uint)(count - LeastFloat.MostPlaces + 1));
            count = LeastFloat.MostPlaces;
        }
        int padded = LeastFloat.Padded(count);
        return RendezvousHash.Keys(
            RendezvousHash.Fold(stream), snapshot.NodeSeeds.AsSpan(start, padded), snapshot.NodeInverseWeights.AsSpan(start, padded), count, keys);
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
