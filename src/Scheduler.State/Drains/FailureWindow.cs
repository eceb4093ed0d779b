using Scheduler.Core.Drains;
using Scheduler.State.Sites;

namespace Scheduler.State.Drains;

/// <summary>Players' failure reports by site over the last <see cref="MigrationBrake.FailureWindowS"/> seconds, from counters that only grow.</summary>
internal sealed class FailureWindow
{
    private readonly Queue<long[]> _earlier = new();
    private long[] _now = [];

    /// <summary>Reads the counters; called once a second.</summary>
    /// <param name="sites">All sites.</param>
    /// <param name="bound">One over the greatest site index.</param>
    public void Read(IReadOnlyList<SiteState> sites, int bound)
    {
        if (_now.Length > 0) _earlier.Enqueue(_now);
        long[] now = _earlier.Count > MigrationBrake.FailureWindowS ? _earlier.Dequeue() : [];
        if (now.Length < bound) now = new long[bound];
        Array.Clear(now);
        foreach (SiteState site in sites)
            foreach (NodeStatus node in site.Nodes) now[site.Index] += node.FailuresEver;
        _now = now;
    }

    /// <summary>Reports about a site within the window.</summary>
    public long Of(int site)
    {
        if (site >= _now.Length || !_earlier.TryPeek(out long[]? before)) return 0;
        return Math.Max(0, _now[site] - (site < before.Length ? before[site] : 0));
    }
}
