namespace Scheduler.Server.Http.Limits;

/// <summary>When the process counts as overloaded, and how fast it reacts.</summary>
/// <param name="TargetMs">Delay of the thread pool that is put up with, ms; over 0.</param>
/// <param name="IntervalMs">A delay counts only when it has not been lower for this long, ms: a burst drains by itself, a standing queue does not.</param>
internal readonly record struct OverloadRules(double TargetMs, long IntervalMs)
{
    /// <summary>Pressure added by each interval and each time that the delay exceeds the target.</summary>
    public const double Rise = 0.01;

    /// <summary>The most that one interval adds, so that a pause of the machine refuses nobody for long.</summary>
    public const double SteepestRise = 0.05;

    /// <summary>Pressure taken away by each interval in which the delay was under half of the target.</summary>
    public const double Fall = 0.002;

    /// <summary>Share of the pressure that such an interval takes away as well: from the highest pressure to none within two seconds.</summary>
    public const double FallShare = 0.04;
}
