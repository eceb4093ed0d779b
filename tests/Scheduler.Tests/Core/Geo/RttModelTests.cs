using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class RttModelTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(100, 8.2)]
    [InlineData(750, 25.6)]
    [InlineData(6_000, 121.5)]
    [InlineData(16_000, 262)]
    public void Passes_through_the_published_medians(double km, double ms) => Assert.Equal(ms, RttModel.EstimateMs(km), 9);

    [Fact]
    public void Farther_is_never_faster() => Prop
        .ForAll<ushort, ushort>((a, b) => RttModel.EstimateMs(Math.Min(a, b)) <= RttModel.EstimateMs(Math.Max(a, b)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Is_never_faster_than_light_in_fibre()
    {
        for (int km = 0; km <= 20_016; km += 8) Assert.True(RttModel.EstimateMs(km) >= km / 100.0, $"{km} km");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_distance_that_is_none_is_a_bug_of_the_caller(double km) => Assert.Throws<ArgumentOutOfRangeException>(() => RttModel.EstimateMs(km));
}
