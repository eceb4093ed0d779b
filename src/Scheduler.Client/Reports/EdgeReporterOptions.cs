namespace Scheduler.Client.Reports;

/// <summary>How an <see cref="EdgeReporter"/> behaves.</summary>
public sealed record EdgeReporterOptions
{
    /// <summary>API key of kind reporter; null for none, as a demo on loopback allows.</summary>
    public string? Key { get; init; }

    /// <summary>Reports in one call.</summary>
    /// <value>In [1, 5000]; default 1,000.</value>
    public int BatchSize { get; init; } = 1_000;

    /// <summary>
    /// True for nodes that no process has reported for within the last 71 s: they lease at once. Otherwise what an earlier process leased may still be in use, and nothing is leased
    /// until it has run out.
    /// </summary>
    /// <value>Default false.</value>
    public bool NodesAreNew { get; init; }

    /// <summary>Time between two rounds until the scheduler says otherwise.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How a batch is tried again. Few tries and short waits: what is late is stale.</summary>
    public RetryPolicy Retry { get; init; } = new()
    {
        Attempts = 2,
        FirstDelay = TimeSpan.FromMilliseconds(100),
        LongestDelay = TimeSpan.FromMilliseconds(500),
        AttemptTimeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>Chance for the phase and the jitter; null for the shared one.</summary>
    public Random? Random { get; init; }
}
