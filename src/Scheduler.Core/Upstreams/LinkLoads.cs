using Scheduler.Core.Cost;

namespace Scheduler.Core.Upstreams;

/// <summary>
/// What each way of an <see cref="UpstreamTable"/> carries: what nodes report that they pull, and what was assigned since they can have reported it. Any thread
/// reads and assigns, without a lock; a node's reports come from its site's one writer, and one thread ticks. A way whose link is closed is never named.
/// </summary>
public sealed class LinkLoads
{
    /// <summary>Time between two steps, ms: what was assigned ages in these.</summary>
    public const int StepMs = 250;

    private readonly UpstreamTable _table;
    private readonly LoadPenalty _penalty;
    private readonly long[] _reported;
    private readonly long[] _assigned;   // ever; only grows
    private readonly long[] _settled;    // what had been assigned by the time that reports tell of
    private readonly long[][] _history;  // of _assigned, a ring of steps
    private readonly int[] _closed;      // 1 where nothing may be pulled
    private readonly Dictionary<int, PullLoad[]>[] _saidBySite; // by site: what each of its nodes said last
    private long _step = -1;

    /// <summary>Nothing is pulled anywhere.</summary>
    /// <param name="table">The ways.</param>
    /// <param name="penalty">What load costs: the same as at sites.</param>
    /// <param name="settleMs">Time until a pull that was assigned is in the reports, ms; at least <see cref="StepMs"/>. Two intervals of reports and a second.</param>
    public LinkLoads(UpstreamTable table, LoadPenalty penalty, int settleMs = 3_000)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(settleMs, StepMs);
        _table = table;
        _penalty = penalty;
        _reported = new long[table.Count];
        _assigned = new long[table.Count];
        _settled = new long[table.Count];
        _closed = new int[table.Count];
        _history = [.. Enumerable.Range(0, settleMs / StepMs).Select(_ => new long[table.Count])];
        _saidBySite = [.. Enumerable.Range(0, table.SiteBound).Select(_ => new Dictionary<int, PullLoad[]>())];
    }

    /// <summary>The ways that are counted.</summary>
    public UpstreamTable Table => _table;

    /// <summary>What a way carries now, kbit/s; at least 0.</summary>
    /// <param name="way">Index of the way.</param>
    public long LoadKbps(int way) =>
        Math.Max(0, Volatile.Read(ref _reported[way]) + Volatile.Read(ref _assigned[way]) - Volatile.Read(ref _settled[way]));

    /// <summary>What one more Mbit/s costs on a way: m(u) of its load, ms-equivalents; 0 where the fleet names no link.</summary>
    /// <param name="way">Index of the way.</param>
    public double PriceMs(int way) => PriceMs(way, LoadKbps(way));

    /// <summary>True when nothing may be pulled over a way.</summary>
    /// <param name="way">Index of the way.</param>
    public bool IsClosed(int way) => Volatile.Read(ref _closed[way]) != 0;

    /// <summary>Closes a way, such as one whose link is cut or drained, or opens it again.</summary>
    /// <param name="way">Index of the way.</param>
    /// <param name="closed">True to close it.</param>
    public void SetClosed(int way, bool closed) => Volatile.Write(ref _closed[way], closed ? 1 : 0);

    /// <summary>Counts a pull that was told to a node, until reports show it.</summary>
    /// <param name="way">Index of the way.</param>
    /// <param name="kbps">Its bit rate, kbit/s; at least 0.</param>
    public void Assign(int way, long kbps) => Interlocked.Add(ref _assigned[way], kbps);

    /// <summary>Takes in all that a node pulls, in the place of what it said before. Only its site's writer calls it.</summary>
    /// <param name="site">Index of its site.</param>
    /// <param name="node">Index of the node.</param>
    /// <param name="pulls">What it pulls, each way once; empty for nothing.</param>
    public void Report(int site, int node, ReadOnlySpan<PullLoad> pulls)
    {
        Dictionary<int, PullLoad[]> said = _saidBySite[site];
        PullLoad[] before = said.TryGetValue(node, out PullLoad[]? earlier) ? earlier : [];
        foreach (PullLoad pull in before) Interlocked.Add(ref _reported[pull.Way], -pull.Kbps);
        foreach (PullLoad pull in pulls) Interlocked.Add(ref _reported[pull.Way], pull.Kbps);
        if (before.Length == pulls.Length) pulls.CopyTo(before); // the common case: the same ways, other loads
        else said[node] = pulls.ToArray();
    }

    /// <summary>Lets what was assigned long enough ago count as reported. One thread calls it, at least once a <see cref="StepMs"/>.</summary>
    /// <param name="nowMs">Monotonic time, ms.</param>
    public void Tick(long nowMs)
    {
        long step = nowMs / StepMs;
        if (_step < 0) _step = step;
        for (long missed = Math.Min(step - _step, _history.Length); missed > 0; missed--)
        {
            long[] oldest = _history[(step - missed) % _history.Length];
            for (int way = 0; way < oldest.Length; way++)
            {
                Volatile.Write(ref _settled[way], oldest[way]);
                oldest[way] = Volatile.Read(ref _assigned[way]);
            }
        }
        _step = step;
    }

    /// <summary>The same loads on the ways of another table, after a change of the fleet. What is reported or assigned here meanwhile comes with the next reports.</summary>
    /// <param name="table">The new table; indexes of sites and nodes are as they were.</param>
    public LinkLoads On(UpstreamTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var loads = new LinkLoads(table, _penalty, _history.Length * StepMs);
        for (int way = 0; way < table.Count; way++)
        {
            if (!_table.TryFindWay(table.Way(way).To, table.Way(way).From, out int before)) continue;
            loads._closed[way] = _closed[before];
            loads._assigned[way] = Volatile.Read(ref _assigned[before]) - Volatile.Read(ref _settled[before]);
        }
        for (int site = 0; site < Math.Min(_table.SiteBound, table.SiteBound); site++)
            foreach ((int node, PullLoad[] pulls) in _saidBySite[site].ToArray())
                loads.Report(site, node, [.. pulls.Select(p => (p, known: table.TryFindWay(_table.Way(p.Way).To, _table.Way(p.Way).From, out int way), way))
                    .Where(p => p.known).Select(p => new PullLoad(p.way, p.p.Kbps))]);
        return loads;
    }

    /// <summary>What one more Mbit/s would cost on a way at a load.</summary>
    internal double PriceMs(int way, long loadKbps) => _penalty.Marginal(loadKbps * _table.Way(way).InverseCapacity);
}
