namespace Scheduler.Cli.Load;

/// <summary>What <c>scheduler load</c> plays.</summary>
internal sealed record LoadOptions
{
    /// <summary>The schedulers; with several each viewer has an order of his own, and fails over.</summary>
    /// <value>In number [1, <see cref="TargetOrder.Most"/>], each with a closing slash.</value>
    public required IReadOnlyList<Uri> Targets { get; init; }

    /// <summary>Viewers at the same time.</summary>
    /// <value>In [1, 2000000].</value>
    public required int Viewers { get; init; }

    /// <summary>How long to play, the ramp included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Mean length of a viewer's session; lengths are exponential, as they are when people leave independently of how long they watched.</summary>
    public required TimeSpan SessionMean { get; init; }

    /// <summary>Time over which the first viewers come.</summary>
    public required TimeSpan Ramp { get; init; }

    /// <summary>Seed of every chance: the same seed plays the same viewers.</summary>
    public required int Seed { get; init; }

    /// <summary>Kept-alive connections.</summary>
    /// <value>In [1, 1024].</value>
    public required int Connections { get; init; }

    /// <summary>Streams that are watched.</summary>
    public required int Streams { get; init; }

    /// <summary>Share of beats at which the viewer says instead that its node failed.</summary>
    /// <value>Ratio in [0, 1].</value>
    public required double FailureShare { get; init; }

    /// <summary>Key for the viewers' calls; null for none.</summary>
    public string? BackendKey { get; init; }

    /// <summary>True when nobody has reported for the nodes for so long that nothing they leased can be in use.</summary>
    public bool NodesAreNew { get; init; }

    /// <summary>True when viewers name their addresses; false when the scheduler shall see the caller's own.</summary>
    public bool NamesAddresses { get; init; } = true;
}
