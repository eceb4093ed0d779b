using Scheduler.State.Telemetry;

namespace Scheduler.Tests.State.Telemetry;

public sealed class DurationHistogramTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public void A_duration_at_a_bound_belongs_to_it_and_a_longer_one_to_the_next()
    {
        DurationHistogram histogram = New();
        foreach (int ms in (ReadOnlySpan<int>)[1, 10, 11, 100, 5_000]) Count(histogram, ms);
        DurationCounts counts = histogram.Read();
        Assert.Equal((double[])[0.01, 0.1], counts.Bounds);
        Assert.Equal((long[])[2, 2, 1], counts.Counts);
        Assert.Equal(5.122, counts.Seconds, 9);
    }

    [Fact]
    public async Task Whatever_threads_count_at_once_nothing_is_lost()
    {
        DurationHistogram histogram = New();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++) histogram.Since(histogram.Now);
        })));
        Assert.Equal(80_000, histogram.Read().Counts.Sum());
    }

    [Fact]
    public void To_count_allocates_nothing()
    {
        DurationHistogram histogram = New();
        histogram.Since(histogram.Now);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) histogram.Since(histogram.Now);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private DurationHistogram New() => new(_clock, "a_test_seconds", new("call", "test"), 0.01, 0.1);

    private void Count(DurationHistogram histogram, int ms)
    {
        long began = histogram.Now;
        _clock.Advance(TimeSpan.FromMilliseconds(ms));
        histogram.Since(began);
    }
}
