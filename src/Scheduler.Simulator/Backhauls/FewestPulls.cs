using Scheduler.Core.Upstreams;

namespace Scheduler.Simulator.Backhauls;

/// <summary>
/// About the fewest pulls between sites that bring every stream where it is watched: each watching node of a PoP pulls once, an IDC with viewers once, and what
/// else relays is a greedy cover of the PoPs that can pull neither from the home nor from one of these. Distance, price and load are left out.
/// </summary>
/// <param name="table">The ways there are.</param>
/// <param name="isLeft">True for an IDC that drains: it relays nothing.</param>
internal sealed class FewestPulls(UpstreamTable table, Func<int, bool> isLeft)
{
    private readonly Dictionary<int, (HashSet<int> Idcs, HashSet<int> Pops)> _byStream = [];
    private int _pulls;

    /// <summary>A node of a site watches a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="site">The site.</param>
    /// <param name="home">Site where the stream comes in.</param>
    public void Add(int stream, int site, int home)
    {
        if (site == home) return;
        if (!table.IsIdc(site)) _pulls++;
        if (!table.IsIdc(site) && table.TryFindWay(site, home, out _)) return;
        if (!_byStream.TryGetValue(stream, out (HashSet<int> Idcs, HashSet<int> Pops) sites)) _byStream[stream] = sites = ([], []);
        (table.IsIdc(site) ? sites.Idcs : sites.Pops).Add(site);
    }

    /// <summary>Counts them.</summary>
    public int Count() => _pulls + _byStream.Values.Sum(sites => sites.Idcs.Count + Cover(sites.Idcs, sites.Pops));

    private int Cover(HashSet<int> idcs, HashSet<int> pops)
    {
        List<int[]> open = [.. pops.Select(RelaysOf).Where(relays => relays.Length > 0 && !relays.Any(idcs.Contains))];
        if (open.Count < 2) return open.Count;
        int relays = 0;
        for (; open.Count > 0; relays++)
        {
            int best = open.SelectMany(r => r).GroupBy(r => r).MaxBy(g => (g.Count(), -g.Key))!.Key;
            open.RemoveAll(r => r.Contains(best));
        }
        return relays;
    }

    private int[] RelaysOf(int site)
    {
        (int first, int ways) = table.WaysTo(site);
        return [.. Enumerable.Range(first, ways).Select(way => table.Way(way).From).Where(idc => !isLeft(idc))];
    }
}
