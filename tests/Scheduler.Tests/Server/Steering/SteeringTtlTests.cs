using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Endpoints.Steering;

namespace Scheduler.Tests.Server.Steering;

public sealed class SteeringTtlTests
{
    [Fact]
    public void It_lies_about_the_mean_and_within_the_bounds() => Prop.ForAll(
        Gen.Choose(1, 3_600).Zip(Gen.Choose(0, 3_600)).Zip(ArbMap.Default.GeneratorFor<ulong>()).ToArbitrary(), drawn =>
        {
            ((int mean, int more), ulong draw) = drawn;
            int ttl = SteeringTtl.For(mean, mean + more, draw);
            Assert.InRange(ttl, Math.Max(1, (int)(mean / 1.15 * 0.85)), Math.Min(mean + more, (int)Math.Ceiling(mean * 1.15)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Viewers_who_came_at_once_come_back_at_different_times()
    {
        int[] ttls = [.. Enumerable.Range(0, 1_000).Select(i => SteeringTtl.For(100, 120, (ulong)i))];
        Assert.Equal(100, ttls.Average(), 1.5);
        Assert.True(ttls.Distinct().Count() > 25);
    }

    [Fact]
    public void At_the_longest_time_they_do_so_too() =>
        Assert.True(Enumerable.Range(0, 1_000).Select(i => SteeringTtl.For(120, 120, (ulong)i)).Distinct().Count() > 25);
}
