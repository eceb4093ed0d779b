using System.Collections.Immutable;

namespace Scheduler.Core.Planning;

/// <summary>
/// Answers exactly whether demand fits into capacities, by maximum flow from cells to sites, and names by a minimum cut where it does not. The question of every
/// drain: a plan may run a site over because that is cheaper, a flow may not. Keeps its workspace; not for two threads at once.
/// </summary>
/// <remarks>
/// Method of E. Dinic 1970, from the traffic of a plan: shortest augmenting paths by levels, from cells whose demand is not placed, over sites, back over cells
/// that could go elsewhere. Counted in whole kbit/s, so that it ends, and ends exactly; demand is rounded down and capacity up. What is reachable in the end from
/// cells with demand left is the cut: those sites are full, and those cells may use no other.
/// </remarks>
public sealed class DrainFeasibility
{
    /// <summary>Share of a capacity that may be planned for: what is left takes the error of every forecast.</summary>
    public const double Fill = 0.95;

    /// <summary>Share that may be used when a site has failed, which is no time for reserves: what escrow admits.</summary>
    public const double FillInFailure = 0.99;

    private const int Unreached = -1;
    private readonly PlanNetwork _network;
    private readonly int[] _cellOf; // of each candidate
    private readonly int[] _bySite; // candidates, site by site
    private readonly int[] _siteStarts;
    private readonly long[] _flow; // by candidate
    private readonly long[] _excess; // by cell: demand that is not placed
    private readonly long[] _free; // by site: capacity that is not used
    private readonly int[] _cellLevels;
    private readonly int[] _siteLevels;
    private readonly int[] _cellNext;
    private readonly int[] _siteNext;
    private readonly int[] _queue;
    private readonly int[] _path; // candidates: to a site, back to another cell, to a site…

    /// <summary>Makes the workspace, about 24 bytes a candidate.</summary>
    /// <param name="network">Who may serve whom.</param>
    public DrainFeasibility(PlanNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        (_cellOf, _bySite, _siteStarts) = (new int[network.CandidateCount], new int[network.CandidateCount], new int[network.SiteCount + 1]);
        _flow = new long[network.CandidateCount];
        (_excess, _free) = (new long[network.CellCount], new long[network.SiteCount]);
        (_cellLevels, _siteLevels) = (new int[network.CellCount], new int[network.SiteCount]);
        (_cellNext, _siteNext) = (new int[network.CellCount], new int[network.SiteCount]);
        _queue = new int[network.CellCount];
        _path = new int[2 * (network.CellCount + 1)];
        foreach (int site in network.Sites) _siteStarts[site + 1]++;
        for (int site = 0; site < network.SiteCount; site++) _siteStarts[site + 1] += _siteStarts[site];
        _siteStarts.AsSpan(0, network.SiteCount).CopyTo(_siteNext);
        for (int cell = 0; cell < network.CellCount; cell++)
            for (int k = network.RowStarts[cell]; k < network.RowStarts[cell + 1]; k++) (_cellOf[k], _bySite[_siteNext[network.Sites[k]]++]) = (cell, k);
    }

    /// <summary>Places as much demand as can be placed.</summary>
    /// <param name="demandMbps">Demand of each cell, Mbit/s; at least 0.</param>
    /// <param name="capacityMbps">What each site may carry, Mbit/s; at least 0.</param>
    /// <param name="trafficMbps">Where to start: traffic of each candidate, Mbit/s; all 0 is as good, only slower.</param>
    /// <param name="fill">Share of each capacity that may be used, in (0, 1].</param>
    /// <exception cref="ArgumentException">Lengths disagree with the network.</exception>
    public Feasibility Solve(ReadOnlySpan<double> demandMbps, ReadOnlySpan<double> capacityMbps, ReadOnlySpan<double> trafficMbps, double fill = Fill)
    {
        if (demandMbps.Length != _network.CellCount || capacityMbps.Length != _network.SiteCount || trafficMbps.Length != _network.CandidateCount)
            throw new ArgumentException("one demand a cell, one capacity a site, one traffic a candidate");
        for (int cell = 0; cell < demandMbps.Length; cell++) _excess[cell] = (long)(demandMbps[cell] * 1_000);
        for (int site = 0; site < capacityMbps.Length; site++) _free[site] = (long)Math.Ceiling(capacityMbps[site] * fill * 1_000);
        for (int k = 0; k < trafficMbps.Length; k++)
        {
            long kbps = _flow[k] = Math.Min((long)(trafficMbps[k] * 1_000), Math.Min(_excess[_cellOf[k]], _free[_network.Sites[k]]));
            _excess[_cellOf[k]] -= kbps;
            _free[_network.Sites[k]] -= kbps;
        }
        while (Level())
        {
            for (int cell = 0; cell < _excess.Length; cell++)
                while (_excess[cell] > 0 && TryAugment(cell)) { }
        }
        long left = 0;
        foreach (long kbps in _excess) left += kbps;
        return left == 0 ? Feasibility.Whole : new Feasibility(left / 1_000.0, Cut(capacityMbps));
    }

    /// <summary>Levels cells and sites by their distance from cells whose demand is not placed.</summary>
    /// <returns>True when a site with room can be reached.</returns>
    private bool Level()
    {
        _cellLevels.AsSpan().Fill(Unreached);
        _siteLevels.AsSpan().Fill(Unreached);
        for (int cell = 0; cell < _cellNext.Length; cell++) _cellNext[cell] = _network.RowStarts[cell];
        _siteStarts.AsSpan(0, _siteNext.Length).CopyTo(_siteNext);
        int head = 0, tail = 0;
        bool hasRoom = false;
        for (int cell = 0; cell < _excess.Length; cell++)
            if (_excess[cell] > 0) (_cellLevels[cell], _queue[tail++]) = (0, cell);
        while (head < tail)
        {
            int cell = _queue[head++], level = _cellLevels[cell] + 1;
            foreach (int site in _network.SitesOf(cell))
            {
                if (_siteLevels[site] != Unreached) continue;
                _siteLevels[site] = level;
                hasRoom |= _free[site] > 0;
                if (hasRoom) continue; // paths may be as long as this one: what lies behind is not needed
                for (int i = _siteStarts[site]; i < _siteStarts[site + 1]; i++)
                {
                    int other = _cellOf[_bySite[i]];
                    if (_flow[_bySite[i]] == 0 || _cellLevels[other] != Unreached) continue;
                    (_cellLevels[other], _queue[tail++]) = (level + 1, other);
                }
            }
        }
        return hasRoom;
    }

    /// <summary>Places some of a cell's demand along one path of rising levels; false when none is left.</summary>
    private bool TryAugment(int source)
    {
        int length = 0, cell = source;
        while (true)
        {
            if (NextSite(cell) is not { } forward)
            {
                _cellLevels[cell] = Unreached; // a dead end, until the next levels
                if (length == 0) return false;
                length -= 2;
                cell = _cellOf[_path[length]];
                continue;
            }
            int site = _network.Sites[forward];
            _path[length] = forward;
            if (_free[site] > 0)
            {
                Push(source, site, length);
                return true;
            }
            if (NextCell(site) is { } back)
            {
                _path[length + 1] = back;
                length += 2;
                cell = _cellOf[back];
            }
            else
            {
                _siteLevels[site] = Unreached;
            }
        }
    }

    private int? NextSite(int cell)
    {
        for (ref int k = ref _cellNext[cell]; k < _network.RowStarts[cell + 1]; k++)
            if (_siteLevels[_network.Sites[k]] == _cellLevels[cell] + 1) return k;
        return null;
    }

    private int? NextCell(int site)
    {
        for (ref int i = ref _siteNext[site]; i < _siteStarts[site + 1]; i++)
        {
            int k = _bySite[i];
            if (_flow[k] > 0 && _cellLevels[_cellOf[k]] == _siteLevels[site] + 1) return k;
        }
        return null;
    }

    private void Push(int source, int sink, int last)
    {
        long kbps = Math.Min(_excess[source], _free[sink]);
        for (int i = 1; i < last; i += 2) kbps = Math.Min(kbps, _flow[_path[i]]);
        for (int i = 0; i <= last; i++) _flow[_path[i]] += i % 2 == 0 ? kbps : -kbps;
        _excess[source] -= kbps;
        _free[sink] -= kbps;
    }

    /// <summary>The cut that the last levels found, part by part.</summary>
    private ImmutableArray<Bottleneck> Cut(ReadOnlySpan<double> capacityMbps)
    {
        var parts = ImmutableArray.CreateBuilder<Bottleneck>();
        for (int cell = 0; cell < _cellLevels.Length; cell++)
            if (_cellLevels[cell] != Unreached) parts.Add(PartOf(cell, capacityMbps));
        parts.Sort(static (left, right) => right.ShortMbps.CompareTo(left.ShortMbps));
        return parts.ToImmutable();
    }

    /// <summary>All of the cut that hangs together with one of its cells; takes it out of the cut.</summary>
    private Bottleneck PartOf(int first, ReadOnlySpan<double> capacityMbps)
    {
        int head = 0, tail = 0;
        long excess = 0;
        var sites = ImmutableArray.CreateBuilder<int>();
        _queue[tail++] = first;
        _cellLevels[first] = Unreached;
        while (head < tail)
        {
            int cell = _queue[head++];
            excess += _excess[cell];
            foreach (int site in _network.SitesOf(cell))
            {
                if (_siteLevels[site] == Unreached) continue;
                _siteLevels[site] = Unreached;
                if (capacityMbps[site] > 0) sites.Add(site);
                for (int i = _siteStarts[site]; i < _siteStarts[site + 1]; i++)
                {
                    int other = _cellOf[_bySite[i]];
                    if (_cellLevels[other] == Unreached) continue;
                    _cellLevels[other] = Unreached;
                    _queue[tail++] = other;
                }
            }
        }
        sites.Sort();
        int[] cells = _queue[..tail];
        Array.Sort(cells);
        return new Bottleneck(excess / 1_000.0, ImmutableArray.Create(cells), sites.ToImmutable());
    }
}
