using Scheduler.Core.Upstreams;

namespace Scheduler.State.Upstreams;

/// <summary>
/// Moves the pulls of draining IDCs in steps: the hottest streams first, each warmed up at its new parent before its turn. What has left follows from the drain's
/// start and the time, so a restart goes on where it was.
/// </summary>
internal sealed class PullPaces(UpstreamDesk desk)
{
    /// <summary>Pulls leave over at least this long, s: even a drain without a ramp must not have all PoPs pull everything anew in one moment.</summary>
    public const double LeastRampS = 60;

    private readonly Dictionary<int, ReparentPace> _paces = [];

    /// <summary>How far the drains are now.</summary>
    /// <param name="view">What is known, with the drains as they were.</param>
    /// <param name="drains">The drains that are under way.</param>
    /// <param name="now">The calendar's time.</param>
    /// <returns>The same object when nothing has changed.</returns>
    public ParentDrains Step(UpstreamView view, IReadOnlyList<PullDrain> drains, DateTimeOffset now)
    {
        ParentDrains state = view.Drains, ahead = ParentDrains.None;
        var open = new HashSet<int>(_paces.Keys);
        foreach (PullDrain drain in drains)
        {
            double elapsedS = Math.Max(0, (now - drain.StartedAt).TotalSeconds), rampS = Math.Max(LeastRampS, drain.Ramp.TotalSeconds);
            foreach (int site in drain.Sites)
            {
                if (!view.Table.IsIdc(site)) continue;
                open.Remove(site);
                if (!_paces.TryGetValue(site, out ReparentPace? pace)) _paces[site] = pace = ReparentPace.Of(desk.PulledFrom(view, site));
                state = state.With(site, pace, ReparentPace.ShareAt(elapsedS, rampS));
                ahead = ahead.With(site, pace, ReparentPace.ShareAt(elapsedS + ReparentPace.WarmUpS, rampS));
            }
        }
        foreach (int site in open)
        {
            _paces.Remove(site);
            state = state.With(site, null, 0);
        }
        if (_paces.Count > 0 || open.Count > 0) desk.WarmUp(view with { Drains = state }, ahead, [.. _paces.Keys]);
        return state;
    }
}
