namespace Scheduler.Tests.Server.Peers;

/// <summary>The machine's clock, which a test may set forward, for all replicas at once: what takes seconds needs not be waited for. Timers run on.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private long _skippedTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => TimeSpan.FromSeconds((double)System.GetTimestamp() / System.TimestampFrequency).Ticks + Volatile.Read(ref _skippedTicks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _skippedTicks));

    public void Skip(TimeSpan by) => Interlocked.Add(ref _skippedTicks, by.Ticks);
}
