namespace Scheduler.Simulator.Worlds;

/// <summary>Time that passes when it is told to: the production code reads it as it would read the machine's.</summary>
internal sealed class VirtualClock : TimeProvider
{
    /// <summary>When every run begins: a Monday, 00:00 UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Virtual time since the start, ms.</summary>
    public long NowMs { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000;

    /// <inheritdoc/>
    public override long GetTimestamp() => NowMs;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(NowMs);
}
