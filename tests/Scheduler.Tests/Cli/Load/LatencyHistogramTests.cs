using FsCheck;
using FsCheck.Fluent;
using Scheduler.Cli.Load;

namespace Scheduler.Tests.Cli.Load;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Every_percentile_is_the_true_one_or_at_most_a_64th_over_it()
    {
        Arbitrary<long[]> values = Gen.Choose(0, 40).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(v => ((long)v << 10) >> bits))
            .NonEmptyListOf().Select(l => l.ToArray()).ToArbitrary();
        Arbitrary<double> shares = Gen.Choose(0, 1_000).Select(p => p / 1_000.0).ToArbitrary();
        Prop.ForAll(values, shares, (recorded, share) =>
        {
            var histogram = new LatencyHistogram();
            foreach (long value in recorded) histogram.Record(value);
            long[] sorted = [.. recorded.Order()];
            long exact = sorted[Math.Max(1, (int)Math.Ceiling(share * sorted.Length)) - 1];
            long told = histogram.Percentile(share)!.Value;
            return told >= exact && told - exact <= exact / 64.0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_histograms_added_are_the_histogram_of_all_values()
    {
        Prop.ForAll<int[], int[]>((a, b) =>
        {
            LatencyHistogram left = Of(a), right = Of(b), both = Of([.. a, .. b]);
            left.Add(right);
            return left.Count == both.Count && left.Max == both.Max && left.Percentile(0.5) == both.Percentile(0.5) && left.Percentile(0.99) == both.Percentile(0.99);
        }).QuickCheckThrowOnFailure();

        static LatencyHistogram Of(int[] values)
        {
            var histogram = new LatencyHistogram();
            foreach (int value in values) histogram.Record(value);
            return histogram;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(long.MaxValue)]
    public void The_edges_of_the_range_are_held(long value)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(value);
        Assert.Equal(value, histogram.Percentile(1));
        Assert.Equal(value, histogram.Max);
    }

    [Fact]
    public void An_empty_one_has_no_percentile_and_a_cleared_one_is_empty()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(5);
        histogram.Clear();
        Assert.Null(histogram.Percentile(0.5));
        Assert.Null(histogram.Max);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 1_000; i++) histogram.Record(i * 37L);
        }));
    }
}
