using Scheduler.Core.Capacity;
using Scheduler.State.Sites;

namespace Scheduler.State.Control;

/// <summary>
/// Tells a fault of the world from a fault of ours: when more than half of all sites that were heard fall silent within ten seconds, it is we
/// who have gone deaf, and their last states are served from until half of them are heard again.
/// </summary>
internal sealed class SilenceWatch
{
    private const long WithinMs = 10_000;

    /// <summary>Fewer sites than this that fall silent are taken at their word: in a small fleet a half is soon reached.</summary>
    private const int LeastSites = 3;
    private readonly Dictionary<SiteState, long> _silentSince = [];

    /// <summary>True while states are frozen.</summary>
    public bool Frozen { get; private set; }

    /// <summary>Looks at all sites.</summary>
    public void Tick(IReadOnlyCollection<SiteState> sites, long nowMs)
    {
        int heard = 0, silent = 0, lately = 0;
        foreach (SiteState site in sites)
        {
            bool any = false, alive = false;
            foreach (NodeStatus node in site.Nodes)
            {
                any |= node.Freshness != Freshness.Unheard;
                alive |= node.Freshness is Freshness.Fresh or Freshness.Suspect;
            }
            if (!any) continue;
            heard++;
            if (alive)
            {
                _silentSince.Remove(site);
                continue;
            }
            silent++;
            _silentSince.TryAdd(site, nowMs);
            if (nowMs - _silentSince[site] <= WithinMs) lately++;
        }
        if (!Frozen) Frozen = lately >= LeastSites && lately * 2 > heard;
        else Frozen = silent * 2 > heard;
    }
}
