using Scheduler.Core.Dispatch;
using Scheduler.Core.Sessions;
using Scheduler.State.Sites;

namespace Scheduler.State.Control;

/// <summary>
/// Turns players' failure reports into ejections. Never more than a share of a region: when more nodes than that are reported, the fault is
/// likelier ours or the network's, and the region goes on as if nothing had been said (panic).
/// </summary>
/// <param name="rules">When a node is taken out, at first.</param>
/// <param name="sessions">Who is where.</param>
internal sealed class FailureWatch(Ejection rules, SessionTable sessions)
{
    private const long LongestMs = 300_000;
    private readonly Dictionary<NodeStatus, Watched> _watched = [];
    private readonly HashSet<NodeStatus> _ejected = [];
    private readonly HashSet<NodeStatus> _doubted = [];

    private sealed class Watched
    {
        public int Reports;
        public long WindowEndsMs;
        public long OutUntilMs;
        public int InARow;
    }

    /// <summary>When a node is taken out; read by request threads as well.</summary>
    public Ejection Rules
    {
        get => Volatile.Read(ref rules);
        set => Volatile.Write(ref rules, value);
    }

    /// <summary>Ejections made since the start.</summary>
    public long Ejections { get; private set; }

    /// <summary>True when the node is out.</summary>
    public bool IsEjected(NodeStatus node) => _ejected.Contains(node);

    /// <summary>True when the node would be out, were its region not in panic.</summary>
    public bool IsDoubted(NodeStatus node) => _doubted.Contains(node);

    /// <summary>Regions in panic now.</summary>
    public int PanickedRegions { get; private set; }

    /// <summary>Counts what came in and decides anew.</summary>
    /// <param name="nodes">All nodes.</param>
    /// <param name="regionOf">Region of a node.</param>
    /// <param name="nowMs">Monotonic ms.</param>
    public void Tick(IReadOnlyCollection<NodeStatus> nodes, Func<NodeStatus, string> regionOf, long nowMs)
    {
        foreach (NodeStatus node in nodes)
        {
            int failures = node.TakeFailures();
            if (failures == 0 && !_watched.ContainsKey(node)) continue;
            if (!_watched.TryGetValue(node, out Watched? watched)) _watched[node] = watched = new Watched { WindowEndsMs = nowMs + rules.WindowMs };
            Count(node, watched, failures, nowMs);
        }
        if (_watched.Count == 0 && _ejected.Count == 0 && _doubted.Count == 0) return;

        _ejected.Clear();
        _doubted.Clear();
        PanickedRegions = 0;
        foreach (IGrouping<string, NodeStatus> region in _watched.Where(w => w.Value.OutUntilMs > nowMs).Select(w => w.Key).GroupBy(regionOf))
        {
            // One may always go, or a small region could never lose a bad node; but not the only one.
            int all = nodes.Count(n => regionOf(n) == region.Key), most = Math.Min(all - 1, Math.Max(1, (int)(all * rules.MostShare)));
            bool panic = region.Count() > most;
            if (panic) PanickedRegions++;
            (panic ? _doubted : _ejected).UnionWith(region);
        }
    }

    private void Count(NodeStatus node, Watched watched, int failures, long nowMs)
    {
        if (nowMs >= watched.WindowEndsMs)
        {
            if (watched.Reports == 0 && nowMs > watched.OutUntilMs + LongestMs) _watched.Remove(node);
            watched.Reports = 0;
            watched.WindowEndsMs = nowMs + rules.WindowMs;
        }
        watched.Reports += failures;
        // Who failed over has left the node: those who were there are those who are still there and those who left.
        long there = sessions.Node(node.Node.Index).Count + watched.Reports;
        if (watched.OutUntilMs > nowMs || watched.Reports < rules.LeastReports || watched.Reports < rules.LeastShare * there) return;
        watched.InARow = nowMs > watched.OutUntilMs + LongestMs ? 1 : watched.InARow + 1;
        watched.OutUntilMs = nowMs + Math.Min(LongestMs, rules.OutMs * watched.InARow);
        watched.Reports = 0;
        Ejections++;
    }
}
