namespace Scheduler.State.Telemetry;

/// <summary>How long calls of a store take, from the moment they are made: waiting for their turn is a part of it.</summary>
/// <param name="time">The clock.</param>
public sealed class StoreDurations(TimeProvider time)
{
    private const string Name = "scheduler_store_duration_seconds";

    private static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    /// <summary>Of reads, failed ones too.</summary>
    public DurationHistogram Reads { get; } = new(time, Name, new("call", "read"), Bounds);

    /// <summary>Of writes, failed ones too.</summary>
    public DurationHistogram Writes { get; } = new(time, Name, new("call", "write"), Bounds);
}
