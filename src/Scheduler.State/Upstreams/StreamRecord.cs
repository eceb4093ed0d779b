namespace Scheduler.State.Upstreams;

/// <summary>What the <see cref="StreamBook"/> keeps of one stream.</summary>
/// <param name="stream">Hash of its name.</param>
internal sealed class StreamRecord(ulong stream)
{
    /// <summary>Hash of its name.</summary>
    public ulong Stream { get; } = stream;

    /// <summary>Its viewers, node by node, in no order.</summary>
    public List<AudienceAt> Audience { get; } = [];

    /// <summary>Where it arrives, in no order.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>When a report last spoke of it, monotonic ms.</summary>
    public long HeardAtMs { get; set; }

    /// <summary>Its viewers, all nodes together.</summary>
    public long Viewers { get; set; }
}
