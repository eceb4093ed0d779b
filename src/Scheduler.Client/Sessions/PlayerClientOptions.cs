namespace Scheduler.Client.Sessions;

/// <summary>How a <see cref="PlayerClient"/> behaves.</summary>
public sealed record PlayerClientOptions
{
    /// <summary>API key (publishable player key, or a backend's); null for none, as a demo on loopback allows.</summary>
    public string? Key { get; init; }

    /// <summary>How calls are tried again.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Share of the beat by which each one comes early, at random, so that players do not beat in step.</summary>
    /// <value>In [0, 0.5]; default 0.2. Early and never late: a late one would eat into the 2.5 beats until expiry.</value>
    public double HeartbeatJitter { get; init; } = 0.2;

    /// <summary>The shortest wait after a beat that was lost; later ones are longer, up to the beat.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan BeatRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the farewell of a disposed session may take.</summary>
    /// <value>Default 2 s.</value>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Chance for jitter; null for the shared one. A seeded one repeats a run, and is used under one session at a time.</summary>
    public Random? Random { get; init; }
}
