namespace Scheduler.Server.OperatorConsole.History;

/// <summary>
/// How every site was in the last hour, each 10 s, and in the last day, each 5 min. Bounded: 648 points of 24 bytes a site, so 7.8 MB with 500 sites, whatever happens.
/// It begins empty with the process: a store that every look would write to is not worth a plot.
/// </summary>
internal sealed class SiteHistory
{
    /// <summary>Time between two points of the hour.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>Time between two points of the day.</summary>
    public static readonly TimeSpan DayStep = TimeSpan.FromMinutes(5);

    /// <summary>Points of the hour.</summary>
    public const int HourPoints = 360;

    /// <summary>Points of the day.</summary>
    public const int DayPoints = 288;

    private const int StepsADayPoint = 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Rings> _sites = new(StringComparer.Ordinal);
    private readonly DateTimeOffset[] _hourAt = new DateTimeOffset[HourPoints], _dayAt = new DateTimeOffset[DayPoints];
    private long _hours, _days;

    /// <summary>Takes the sites as they are now; called by one thread, each <see cref="Step"/>.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="points">Every site of the fleet. What was kept of others is forgotten.</param>
    public void Add(DateTimeOffset at, IReadOnlyDictionary<string, HistoryPoint> points)
    {
        lock (_gate)
        {
            foreach (string gone in _sites.Keys.Where(id => !points.ContainsKey(id)).ToArray()) _sites.Remove(gone);
            _hourAt[_hours % HourPoints] = at;
            foreach ((string id, HistoryPoint point) in points)
            {
                if (!_sites.TryGetValue(id, out Rings? rings)) _sites.Add(id, rings = new Rings(_hours, _days));
                rings.Hour[_hours % HourPoints] = point;
            }
            _hours++;
            if (_hours % StepsADayPoint == 0) AddDay(at);
        }
    }

    /// <summary>The last hour of a site, the oldest first; empty for one that is not known.</summary>
    public IReadOnlyList<(DateTimeOffset At, HistoryPoint Point)> Hour(string site)
    {
        lock (_gate) return _sites.TryGetValue(site, out Rings? rings) ? Read(rings.Hour, _hourAt, rings.FirstHour, _hours) : [];
    }

    /// <summary>The last day of a site, the oldest first; empty for one that is not known, and before the first five minutes are over.</summary>
    public IReadOnlyList<(DateTimeOffset At, HistoryPoint Point)> Day(string site)
    {
        lock (_gate) return _sites.TryGetValue(site, out Rings? rings) ? Read(rings.Day, _dayAt, rings.FirstDay, _days) : [];
    }

    /// <summary>The newest point of a site; null when there is none.</summary>
    public HistoryPoint? Latest(string site)
    {
        lock (_gate) return _hours > 0 && _sites.TryGetValue(site, out Rings? rings) ? rings.Hour[(_hours - 1) % HourPoints] : null;
    }

    /// <summary>All sites some steps ago; null when the history does not go back so far.</summary>
    /// <param name="stepsAgo">0 for the newest moment.</param>
    public (DateTimeOffset At, IReadOnlyDictionary<string, HistoryPoint> Sites)? Past(int stepsAgo)
    {
        lock (_gate)
        {
            long step = _hours - 1 - stepsAgo;
            if (stepsAgo is < 0 or >= HourPoints || step < 0) return null;
            int place = (int)(step % HourPoints);
            return (_hourAt[place], _sites.Where(site => site.Value.FirstHour <= step).ToDictionary(site => site.Key, site => site.Value.Hour[place]));
        }
    }

    /// <summary>Moments that <see cref="Past"/> can tell of.</summary>
    public int Depth
    {
        get
        {
            lock (_gate) return (int)Math.Min(_hours, HourPoints);
        }
    }

    private void AddDay(DateTimeOffset at)
    {
        _dayAt[_days % DayPoints] = at;
        Span<HistoryPoint> last = stackalloc HistoryPoint[StepsADayPoint];
        foreach (Rings rings in _sites.Values)
        {
            long from = Math.Max(rings.FirstHour, _hours - StepsADayPoint);
            for (long step = from; step < _hours; step++) last[(int)(step - from)] = rings.Hour[step % HourPoints];
            rings.Day[_days % DayPoints] = HistoryPoint.Mean(last[..(int)(_hours - from)]);
        }
        _days++;
    }

    private static (DateTimeOffset, HistoryPoint)[] Read(HistoryPoint[] ring, DateTimeOffset[] at, long first, long end)
    {
        long from = Math.Max(first, end - ring.Length);
        var points = new (DateTimeOffset, HistoryPoint)[Math.Max(0, end - from)];
        for (int i = 0; i < points.Length; i++) points[i] = (at[(from + i) % ring.Length], ring[(from + i) % ring.Length]);
        return points;
    }

    /// <summary>The points of one site, and the step from which on there are any.</summary>
    private sealed class Rings(long firstHour, long firstDay)
    {
        public long FirstHour { get; } = firstHour;

        public long FirstDay { get; } = firstDay;

        public HistoryPoint[] Hour { get; } = new HistoryPoint[HourPoints];

        public HistoryPoint[] Day { get; } = new HistoryPoint[DayPoints];
    }
}
