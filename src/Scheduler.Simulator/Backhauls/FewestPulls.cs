using Scheduler.Core.Upstreams;

namespace Scheduler.Simulator.Backhauls;

/// <summary>
/// About the fewest pulls over links that bring every stream where it is watched: each watching node pulls once, and relays are a greedy cover of the PoPs that
/// cannot pull from the home themselves, whatever their distance, price and load.
/// </summary>
/// <param name="table">The ways there are.</param>
/// <param name="isLeft">True for an IDC that drains: it relays nothing.</param>
internal sealed class FewestPulls(UpstreamTable table, Func<int, bool> isLeft)
{
    private readonly Dictionary<int, HashSet<int>> _sitesByStream = [];
    private int _direct;

    /// <summary>A node of a site watches a stream.</summary>
    public void Add(int stream, int site, int home)
    {
        if (site == home) return;
        _direct++;
        if (table.IsIdc(site) || table.TryFindWay(site, home, out _)) return;
        if (!_sitesByStream.TryGetValue(stream, out HashSet<int>? sites)) _sitesByStream[stream] = sites = [];
        sites.Add(site);
    }

    /// <summary>Counts them.</summary>
    public int Count() => _direct + _sitesByStream.Values.Sum(Cover);

    private int Cover(HashSet<int> sites)
    {
        if (sites.Count == 1) return 1;
        List<int[]> open = [.. sites.Select(RelaysOf).Where(relays => relays.Length > 0)];
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
