using Scheduler.Core.Capacity;
using Scheduler.State.Sites;

namespace Scheduler.State.Control;

/// <summary>
/// Tells a fault of the world from a fault of ours: when more than a share, half by default, of all sites that were heard stop reporting within ten seconds, it is we
/// who have gone deaf, and their last states are served from until so many of them are heard again.
/// </summary>
/// <param name="intervalMs">Time between two reports of a node, ms.</param>
/// <param name="share">The share at first, in (0, 1].</param>
internal sealed class SilenceWatch(int intervalMs, double share)
{
    private const long WithinMs = 10_000;

    /// <summary>Fewer sites than this that fall silent are taken at their word: in a small fleet the share is soon reached.</summary>
    private const int LeastSites = 3;

    /// <summary>
    /// Intervals for which states stay frozen once so many sites are heard again: each of the others has its next turn to report, and its viewers are not moved
    /// for having reported a moment later.
    /// </summary>
    private const int ThawIntervals = 2;

    private readonly Dictionary<SiteState, long> _lateSince = [];
    private long? _thawsAtMs;

    /// <summary>Share of the sites that were heard beyond which their silence is taken to be our own, in (0, 1].</summary>
    public double Share { get; set; } = share;

    /// <summary>True while states are frozen.</summary>
    public bool Frozen { get; private set; }

    /// <summary>Looks at all sites.</summary>
    public void Tick(IReadOnlyCollection<SiteState> sites, long nowMs)
    {
        int heard = 0, silent = 0;
        long? lastSilent = null;
        foreach (SiteState site in sites)
        {
            if (FreshestOf(site) is not { } freshness) continue;
            heard++;
            if (freshness == Freshness.Fresh)
            {
                _lateSince.Remove(site);
                continue;
            }
            _lateSince.TryAdd(site, nowMs);
            if (freshness != Freshness.Silent) continue;
            silent++;
            lastSilent = Math.Max(lastSilent ?? long.MinValue, _lateSince[site]);
        }
        if (Frozen) Thaw(silent, heard, nowMs);
        else if (lastSilent is { } since) Frozen = AreMostLateWith(since, heard);
    }

    /// <summary>
    /// Judged when the first falls silent, by how many are late with it: to wait until most are silent would move the viewers of those who happen to be the first.
    /// </summary>
    private bool AreMostLateWith(long sinceMs, int heard)
    {
        int late = 0;
        foreach (long at in _lateSince.Values)
            if (Math.Abs(at - sinceMs) <= WithinMs) late++;
        return late >= LeastSites && late > Share * heard;
    }

    private void Thaw(int silent, int heard, long nowMs)
    {
        if (silent > Share * heard)
        {
            _thawsAtMs = null;
            return;
        }
        _thawsAtMs ??= nowMs + (ThawIntervals * intervalMs);
        if (nowMs < _thawsAtMs) return;
        Frozen = false;
        _thawsAtMs = null;
    }

    /// <summary>How fresh the freshest node of a site is; null when none was ever heard.</summary>
    private static Freshness? FreshestOf(SiteState site)
    {
        Freshness? freshest = null;
        foreach (NodeStatus node in site.Nodes)
            if (node.Freshness != Freshness.Unheard && !(freshest <= node.Freshness)) freshest = node.Freshness;
        return freshest;
    }
}
