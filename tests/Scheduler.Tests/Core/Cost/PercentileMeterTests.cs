using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Cost;

namespace Scheduler.Tests.Core.Cost;

public sealed class PercentileMeterTests
{
    [Fact]
    public void The_level_is_the_95_per_cent_th_of_all_samples_after_each_of_them() => Prop.ForAll(
        Gen.Choose(0, 500).ArrayOf().ToArbitrary(), samples =>
    {
        var meter = new PercentileMeter(Math.Max(1, samples.Length));
        for (int n = 1; n <= samples.Length; n++)
        {
            meter.Add(samples[n - 1]);
            Assert.Equal(n, meter.Count);
            Assert.Equal(ByDefinition(samples.AsSpan(0, n)), meter.Level);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_full_month_agrees_with_the_definition()
    {
        var random = new Random(7);
        var samples = new int[PercentileMeter.LongestMonth];
        var meter = new PercentileMeter();
        for (int n = 0; n < samples.Length; n++)
        {
            samples[n] = random.Next(100_000);
            meter.Add(samples[n]);
            if (n % 997 == 0 || n == samples.Length - 1) Assert.Equal(ByDefinition(samples.AsSpan(0, n + 1)), meter.Level);
        }
    }

    [Fact]
    public void The_dearest_twentieth_is_free_and_no_sample_more()
    {
        var meter = new PercentileMeter();
        for (int n = 0; n < 95; n++) meter.Add(1);
        for (int n = 0; n < 5; n++) meter.Add(100);
        Assert.Equal(1, meter.Level);
        meter.Add(100);
        Assert.Equal(100, meter.Level);
    }

    [Fact]
    public void A_new_month_has_no_level()
    {
        var meter = new PercentileMeter();
        Assert.Null(meter.Level);
        meter.Add(5);
        meter.Clear();
        Assert.Null(meter.Level);
        meter.Add(3);
        Assert.Equal(3, meter.Level);
    }

    private static double ByDefinition(ReadOnlySpan<int> samples)
    {
        int[] sorted = samples.ToArray();
        Array.Sort(sorted);
        return sorted[(int)Math.Ceiling(0.95m * sorted.Length) - 1];
    }
}
