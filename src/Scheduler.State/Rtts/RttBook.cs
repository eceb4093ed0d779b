using System.Collections.Concurrent;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.State.Rtts;

/// <summary>
/// Round-trip times between cells and sites, learnt from what players measure to the node that they play from. Requests add samples to a queue and
/// wait for nothing; the control loop's ticks take them in; now and then, changed times are compiled into the rows of the cells that they are about.
/// </summary>
/// <remarks>
/// Nobody's word weighs much: a session counts once a minute, a network once a minute for a pair, and a sample pulls the estimate by a bounded step.
/// A site that nobody reaches any more keeps what was learnt of it for hours, then falls back to the model.
/// </remarks>
public sealed class RttBook
{
    /// <summary>Less trust than this is none: the pair is forgotten.</summary>
    private const double LeastTrust = 0.05;

    private const int NetworkPlaces = 1 << 14;

    private readonly RttRules _rules;
    private readonly RttSource _model;
    private readonly SampleQueue _queue;
    private readonly Dictionary<long, LearntRtt> _pairs = [];
    private readonly ConcurrentDictionary<long, CompiledRtt> _compiled = [];
    private readonly ulong[] _networks = new ulong[NetworkPlaces]; // who spoke about what in which minute; the last to come takes the place
    private long _dropped;
    private long _rejected;
    private long _recompiledAtMs;

    /// <summary>A book in which nothing is written yet.</summary>
    /// <param name="rules">How it learns.</param>
    /// <param name="model">What holds where nothing was learnt; asked by many threads at once.</param>
    public RttBook(RttRules rules, RttSource model)
    {
        ArgumentNullException.ThrowIfNull(rules);
        (_rules, _model, _queue) = (rules, model, new SampleQueue(rules.QueueLength));
    }

    /// <summary>Samples taken in since the start.</summary>
    public long Taken { get; private set; }

    /// <summary>Samples dropped since the start: the queue or the book was full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Samples rejected since the start: beyond belief, or too soon after another of the same session or network.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>Pairs whose learnt time is in use.</summary>
    public int Pairs => _compiled.Count;

    /// <summary>Least time between two samples of one session, s.</summary>
    public int ApartS => _rules.ApartS;

    /// <summary>Takes note of a sample; any thread may call, none waits.</summary>
    public void Offer(in RttSample sample)
    {
        if (!(sample.Ms is >= (float)RttRules.LeastMs and <= (float)RttRules.MostMs)) Reject();
        else if (!_queue.TryAdd(in sample)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Counts a sample that its session offered too soon after another.</summary>
    public void Reject() => Interlocked.Increment(ref _rejected);

    /// <summary>Takes in what was offered. Only the control loop calls it.</summary>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Tick(long nowMs)
    {
        while (_queue.TryTake(out RttSample sample)) Learn(in sample, nowMs);
    }

    /// <summary>The round-trip time to compile with, ms: the learnt one as far as it is trusted, the model's for the rest. Any thread may call.</summary>
    public double RttMs(CellPlace cell, IndexedSite site)
    {
        double model = _model(cell, site);
        return _compiled.TryGetValue(Key(cell.Number, site.Number), out CompiledRtt learnt) ? model + (learnt.Trust * (learnt.Ms - model)) : model;
    }

    /// <summary>False for a pair that exploration should try. While no player measures anything, there is nothing to be learnt and all are taken as known.</summary>
    public bool Knows(CellPlace cell, IndexedSite site) => _compiled.IsEmpty || IsLearnt(cell, site);

    /// <summary>True where what players measured counts for at least as much as the model. Any thread may call.</summary>
    public bool IsLearnt(CellPlace cell, IndexedSite site) =>
        _compiled.TryGetValue(Key(cell.Number, site.Number), out CompiledRtt learnt) && learnt.Trust >= 0.5;

    /// <summary>Puts changed times into force for the next compilation, at most so often and for so many cells as the rules say. Only the control loop calls it.</summary>
    /// <param name="nowMs">Monotonic ms.</param>
    /// <returns>Permanent numbers of the cells whose rows are to be compiled anew; most often none.</returns>
    public IReadOnlyCollection<int> TakeChangedCells(long nowMs)
    {
        if (nowMs - _recompiledAtMs < _rules.RecompileMs) return [];
        _recompiledAtMs = nowMs;
        var cells = new HashSet<int>();
        List<long>? forgotten = null;
        foreach ((long key, LearntRtt pair) in _pairs)
        {
            int cell = (int)(key >> 32);
            if (cells.Count >= _rules.MostCells && !cells.Contains(cell)) continue; // its turn comes with the next
            double trust = pair.TrustAt(nowMs, _rules);
            if (trust < LeastTrust)
            {
                (forgotten ??= []).Add(key);
                if (_compiled.TryRemove(key, out _)) cells.Add(cell);
            }
            else if (pair.Ms is { } ms && Differs(key, ms, trust))
            {
                _compiled[key] = new CompiledRtt((float)ms, (float)trust);
                cells.Add(cell);
            }
        }
        foreach (long key in forgotten ?? []) _pairs.Remove(key);
        return cells;
    }

    private void Learn(in RttSample sample, long nowMs)
    {
        long key = Key(sample.Cell, sample.Site);
        if (!TryHear(sample.Network, key, nowMs))
        {
            Reject();
            return;
        }
        if (!_pairs.TryGetValue(key, out LearntRtt? pair))
        {
            if (_pairs.Count >= _rules.MaxPairs)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }
            _pairs[key] = pair = new LearntRtt();
        }
        pair.Add(sample.Ms, _rules, nowMs);
        Taken++;
    }

    /// <summary>One network is heard once a minute about one pair, as far as the places go: a farm of sessions behind one address has one voice.</summary>
    private bool TryHear(ulong network, long key, long nowMs)
    {
        ulong minute = (ulong)(nowMs / (_rules.ApartS * 1_000L));
        ulong mark = ViewerHash.Of(network, ViewerHash.Of(0, (ulong)key));
        ref ulong place = ref _networks[mark & (NetworkPlaces - 1)];
        ulong said = mark << 32 | (uint)(minute + 1);
        if (place == said) return false;
        place = said;
        return true;
    }

    private bool Differs(long key, double ms, double trust)
    {
        if (!_compiled.TryGetValue(key, out CompiledRtt compiled)) return true;
        return Math.Abs(ms - compiled.Ms) > _rules.ChangedShare * compiled.Ms || Math.Abs(trust - compiled.Trust) > 0.1;
    }

    private static long Key(int cell, int site) => (long)cell << 32 | (uint)site;
}
