namespace Scheduler.Client;

/// <summary>How often and how patiently a call is tried again.</summary>
/// <remarks>
/// Decorrelated jitter (M. Brooker, "Exponential Backoff And Jitter", 2015): each wait is uniform in [<see cref="FirstDelay"/>, 3 x the wait before], at most <see cref="LongestDelay"/>, so those
/// who were cut off in one instant come back at ever more different ones.
/// A <c>Retry-After</c> is a floor, spread by up to a fifth, so that the players of a failed site do not come back in one instant.
/// </remarks>
public sealed record RetryPolicy
{
    /// <summary>Tries in all, the first included.</summary>
    /// <value>In [1, 20]; default 4.</value>
    public int Attempts { get; init; } = 4;

    /// <summary>The shortest wait; the first is at most three times as long.</summary>
    /// <value>Default 250 ms.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Upper bound of every wait; a longer <c>Retry-After</c> ends the tries, for the caller to decide.</summary>
    /// <value>Default 10 s.</value>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one try may take.</summary>
    /// <value>Default 5 s.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One try and no more.</summary>
    public static RetryPolicy Once { get; } = new() { Attempts = 1 };

    /// <summary>The wait before the next try, or null when there shall be none.</summary>
    /// <param name="failures">Tries that have failed so far; at least 1.</param>
    /// <param name="before">The wait before the try that failed last; zero for the first.</param>
    /// <param name="problem">What it met.</param>
    /// <param name="random">Chance for the jitter.</param>
    public TimeSpan? DelayAfter(int failures, TimeSpan before, SchedulerProblem problem, Random random)
    {
        if (failures >= Attempts || !problem.MayPass) return null;
        if (problem.RetryAfter is { } asked)
            return asked > LongestDelay ? null : asked * (1 + (0.2 * random.NextDouble()));
        return Next(before, FirstDelay, LongestDelay, random);
    }

    /// <summary>A wait after a wait, by the rule in the remarks.</summary>
    internal static TimeSpan Next(TimeSpan before, TimeSpan shortest, TimeSpan longest, Random random)
    {
        TimeSpan most = 3 * (before > shortest ? before : shortest);
        TimeSpan wait = shortest + ((most - shortest) * random.NextDouble());
        return wait < longest ? wait : longest;
    }
}
