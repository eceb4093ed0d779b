namespace Scheduler.Client;

/// <summary>How often and how patiently a call is tried again.</summary>
/// <remarks>
/// Exponential back-off with full jitter: the wait before try k is uniform in [0, min(<see cref="LongestDelay"/>, <see cref="FirstDelay"/> x 2^(k-1))].
/// A <c>Retry-After</c> is a floor, spread by up to a fifth, so that the players of a failed site do not come back in one instant.
/// </remarks>
public sealed record RetryPolicy
{
    /// <summary>Tries in all, the first included.</summary>
    /// <value>In [1, 20]; default 4.</value>
    public int Attempts { get; init; } = 4;

    /// <summary>Upper bound of the first wait.</summary>
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
    /// <param name="problem">What the last one met.</param>
    /// <param name="random">Chance for the jitter.</param>
    public TimeSpan? DelayAfter(int failures, SchedulerProblem problem, Random random)
    {
        if (failures >= Attempts || !problem.MayPass) return null;
        if (problem.RetryAfter is { } asked)
            return asked > LongestDelay ? null : asked * (1 + (0.2 * random.NextDouble()));
        double cap = Math.Min(LongestDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, failures - 1));
        return TimeSpan.FromMilliseconds(cap * random.NextDouble());
    }
}
