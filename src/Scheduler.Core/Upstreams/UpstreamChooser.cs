using System.Runtime.CompilerServices;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// Tells a node from where to pull a stream. A PoP pulls from one of its upstream IDCs: the stream's home, or a relay that pulls from the home in turn. In an IDC that
/// is not the home one node, the first by rendezvous, pulls from the home, and the others from it. So a path has at most two hops between sites, and no loop: each
/// leads from a PoP to an IDC, from an IDC's other nodes to its relay, or to the home.
/// </summary>
/// <remarks>
/// Relays of about the same cost are chosen among by rendezvous of the stream, those that carry it already first: siblings meet at one, and the stream crosses
/// between regions once. An IDC is told the node where the stream comes in, no other of that site. Static, no allocation, under a microsecond.
/// </remarks>
public static class UpstreamChooser
{
    /// <summary>Most parents that are named.</summary>
    public const int MostParents = 8;

    private const int MostPaths = FleetLimits.Upstreams;

    // The order in which paths are named: their class, and within it a key or a cost.
    private const int Kept = 0, HomeNear = 1, Carried = 2, Cold = 3, HomeFar = 4, Far = 5;

    /// <summary>Chooses parents, best first.</summary>
    /// <param name="view">What is known; read it once.</param>
    /// <param name="question">Who asks for what.</param>
    /// <param name="parents">Output, 1 to <see cref="MostParents"/>: distinct nodes; for a PoP first one of every IDC, then a second of each.</param>
    public static UpstreamChoice Choose(UpstreamView view, in UpstreamQuestion question, Span<UpstreamParent> parents)
    {
        view.Snapshot.Streams.Fetch(question.Stream); // read after the home, and as far away
        if (!view.Homes.TryFind(question.Stream, out StreamHome home)) return new UpstreamChoice(UpstreamOutcome.NoHome, 0);
        if (question.Node == home.Node || question.Node == home.Backup) return new UpstreamChoice(UpstreamOutcome.IsHome, 0);
        if (parents.Length > MostParents) parents = parents[..MostParents];
        var paths = new UpstreamPaths(view, in question, home, lastResort: false);
        UpstreamChoice choice = Choose(view, in question, in paths, parents);
        if (choice.Count > 0) return choice;
        paths = new UpstreamPaths(view, in question, home, lastResort: true);
        UpstreamChoice second = Choose(view, in question, in paths, parents);
        return second.Count > 0 ? second with { Outcome = UpstreamOutcome.LastResort } : second.Outcome > choice.Outcome ? second : choice;
    }

    /// <summary>Counts a pull that a node begins, until reports show it: on the links, at the parent, and as warm at a relay.</summary>
    /// <param name="view">What the parent was chosen by.</param>
    /// <param name="question">Who asked for what.</param>
    /// <param name="parent">The parent that it pulls from.</param>
    public static void Begin(UpstreamView view, in UpstreamQuestion question, in UpstreamParent parent)
    {
        if (parent.Way is { } way) view.Links.Assign(way, question.Kbps);
        view.Snapshot.Load.TakeBeyond(parent.Node, parent.Site, question.Kbps); // viewers get what it leaves
        if (!parent.Relays) return;
        if (!parent.Carries && view.Homes.TryFind(question.Stream, out StreamHome home)
            && view.Table.TryFindWay(parent.Site, view.Snapshot.Fleet.SiteOf(home.Node), out int onward))
            view.Links.Assign(onward, question.Kbps);
        view.Snapshot.Streams.Warm(question.Stream, parent.Site, question.WarmEpoch);
    }

    /// <summary>Counts a pull that goes on: the relay that it comes from stays warm. Call it about once a minute or more often.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="question">Who pulls what, from where.</param>
    public static void Keep(UpstreamView view, in UpstreamQuestion question)
    {
        if (question.Current is { } current)
            view.Snapshot.Streams.Warm(question.Stream, view.Snapshot.Fleet.SiteOf(current), question.WarmEpoch);
    }

    [SkipLocalsInit] // what is read was written before
    private static UpstreamChoice Choose(UpstreamView view, in UpstreamQuestion question, in UpstreamPaths paths, Span<UpstreamParent> parents)
    {
        Span<UpstreamPath> found = stackalloc UpstreamPath[MostPaths];
        Span<long> order = stackalloc long[MostPaths];
        int count = 0;
        UpstreamOutcome worst = UpstreamOutcome.NoWay;
        bool isIdc = view.Table.IsIdc(paths.Site);
        if (isIdc)
        {
            // Where viewers of an IDC watch, its nodes share what its relay pulls.
            if (paths.Site != paths.Home && paths.Site != paths.Spare && UpstreamNodes.TryFindRelay(view, in question, in paths, out int relay) && relay != question.Node)
                found[count++] = new UpstreamPath(paths.Site, null, 0, 0, Relays: true, Carries: true);
            worst = Add(view, in paths, paths.Home, found, ref count);
            if (paths.Spare is { } spare && spare != paths.Home)
            {
                UpstreamOutcome other = Add(view, in paths, spare, found, ref count);
                if (other > worst) worst = other;
            }
            for (int i = 0; i < count; i++) order[i] = found[i] is { Relays: false } && found[i].Site == paths.Current ? 0 : i + (found[i].Relays ? -1 : 1);
        }
        else
        {
            (int first, int ways) = view.Table.WaysTo(paths.Site);
            for (int way = first; way < first + ways; way++)
            {
                UpstreamOutcome outcome = paths.Weigh(way, out UpstreamPath path);
                if (outcome == UpstreamOutcome.Named) found[count++] = path;
                else if (outcome > worst) worst = outcome;
            }
            Order(view, in question, in paths, found[..count], order);
        }
        if (count == 0) return new UpstreamChoice(worst, 0);
        if (count > 1) order[..count].Sort(found[..count]);
        int named = 0;
        for (int pass = 0; pass < (isIdc ? 1 : 2); pass++)
        {
            for (int i = 0; i < count && named < parents.Length; i++)
            {
                ref UpstreamPath path = ref found[i];
                if (!UpstreamNodes.TryPick(view, in question, in paths, path.Site, isIdc, parents[..named], out int node)) continue;
                parents[named++] = new UpstreamParent(node, path.Site, path.Way, path.CostMs, path.RttMs, path.Relays, path.Carries);
            }
        }
        return named > 0 ? new UpstreamChoice(UpstreamOutcome.Named, named) : new UpstreamChoice(UpstreamOutcome.NoRoom, 0);
    }

    /// <summary>The path of an IDC to where the stream comes in; inside one site it needs no way and costs nothing.</summary>
    private static UpstreamOutcome Add(UpstreamView view, in UpstreamPaths paths, int home, Span<UpstreamPath> found, ref int count)
    {
        if (home == paths.Site)
        {
            if (paths.EntryAt(home) is not { } entry || !paths.IsOpen(entry)) return UpstreamOutcome.NoParent;
            found[count++] = new UpstreamPath(home, null, 0, 0, Relays: false, Carries: true);
            return UpstreamOutcome.Named;
        }
        if (!view.Table.TryFindWay(paths.Site, home, out int way)) return UpstreamOutcome.NoWay;
        UpstreamOutcome outcome = paths.Weigh(way, out UpstreamPath path);
        if (outcome == UpstreamOutcome.Named) found[count++] = path;
        return outcome;
    }

    private static void Order(UpstreamView view, in UpstreamQuestion question, in UpstreamPaths paths, ReadOnlySpan<UpstreamPath> found, Span<long> order)
    {
        float least = float.MaxValue;
        foreach (ref readonly UpstreamPath path in found) least = Math.Min(least, path.CostMs);
        float reach = least + (float)view.Policy.ReachMs, hold = reach + (float)view.Policy.HoldMs;
        uint stream = RendezvousHash.Fold(question.Stream);
        for (int i = 0; i < found.Length; i++)
        {
            ref readonly UpstreamPath path = ref found[i];
            order[i] = path.Site == paths.Current && path.CostMs <= hold ? Place(Kept, 0)
                : path.CostMs > reach ? Place(Far, path.CostMs)
                : path.Relays ? Place(
                    path.Carries ? Carried : Cold,
                    RendezvousHash.Key(stream, view.Snapshot.SiteSeeds[path.Site], view.Table.InverseWeight(path.Site)))
                : Place(view.Table.InOneRegion(paths.Site, path.Site) ? HomeNear : HomeFar, path.CostMs);
        }

        // Floats of at least 0 are in the order of their bits.
        static long Place(int order, float within) => ((long)order << 32) | (uint)BitConverter.SingleToInt32Bits(within);
    }
}
