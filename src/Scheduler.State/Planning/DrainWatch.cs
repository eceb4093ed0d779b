using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;

namespace Scheduler.State.Planning;

/// <summary>
/// Keeps an answer for every site to the question whether it could be drained, and for how long. <see cref="Step"/> looks at one site after the other, stops when
/// its time is spent and then rests nine times as long as it took: it takes a tenth of one core at the most, whatever the size of the fleet.
/// </summary>
/// <param name="foresight">Answers for one site; nobody else's.</param>
/// <param name="present">Gives the configuration in force.</param>
/// <param name="clock">The time.</param>
public sealed class DrainWatch(DrainForesight foresight, Func<Configuration> present, SchedulerClock clock)
{
    /// <summary>Time between two steps, ms.</summary>
    public const int IntervalMs = 250;

    /// <summary>Time that a step may spend before it begins another site, ms.</summary>
    public const int BudgetMs = 20;

    private const int Rest = 9; // times what a step took
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<string, DrainStanding> _standings = new(StringComparer.Ordinal);
    private Fleet? _fleet;
    private int _next;
    private TimeSpan _rest;
    private long? _restsSince;

    /// <summary>The answer for a site; null where there is none: nobody has looked yet, or it carries nothing that could be drained.</summary>
    /// <param name="site">Id of the site.</param>
    public DrainStanding? Of(string site) => _standings.GetValueOrDefault(site);

    /// <summary>Looks at the next sites; does nothing while the last step's rest is not over.</summary>
    public void Step()
    {
        long start = clock.Time.GetTimestamp();
        if (_restsSince is { } since && clock.Time.GetElapsedTime(since, start) < _rest) return;
        Configuration configuration = present();
        foresight.Remember();
        if (!ReferenceEquals(configuration.Fleet, _fleet)) Begin(configuration.Fleet);
        for (int looked = 0; looked < configuration.Fleet.Sites.Length; looked++)
        {
            if (looked > 0 && clock.Time.GetElapsedTime(start).TotalMilliseconds >= BudgetMs) break;
            Look(configuration, configuration.Fleet.Sites[_next].Id);
            _next = (_next + 1) % configuration.Fleet.Sites.Length;
        }
        long end = clock.Time.GetTimestamp();
        (_restsSince, _rest) = (end, Rest * clock.Time.GetElapsedTime(start, end));
    }

    private void Begin(Fleet fleet)
    {
        (_fleet, _next) = (fleet, 0);
        foreach (string gone in _standings.Keys.Except(fleet.Sites.Select(site => site.Id)).ToArray()) _standings.TryRemove(gone, out _);
    }

    private void Look(Configuration configuration, string site)
    {
        ImmutableArray<int> nodes = DrainTargets.Resolve(configuration.Fleet, new DrainTarget(DrainTargetKind.Site, site));
        if (foresight.Stand(configuration, nodes, clock.UtcNow + Horizon) is { } standing) _standings[site] = standing;
        else _standings.TryRemove(site, out _);
    }
}
