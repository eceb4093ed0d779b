using Scheduler.Core.Planning;

namespace Scheduler.Tests.Core.Planning;

public sealed class DayShapeTests
{
    private static readonly DateTimeOffset Noon = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Its_mean_over_a_day_is_one() =>
        Assert.Equal(1, Enumerable.Range(0, 24 * 60).Average(minute => DayShape.At(minute / 60.0)), 2);

    [Fact]
    public void The_peak_comes_at_half_past_nine_in_the_evening_where_the_viewers_are()
    {
        Assert.Equal(1.87, DayShape.At(21.5), 12);
        Assert.Equal(1.87, DayShape.At(DayShape.LocalHour(135, Noon.AddMinutes(30))), 12);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(90, 18)]
    [InlineData(180, 0)]
    [InlineData(-180, 0)]
    [InlineData(-105, 5)]
    public void Hours_go_with_the_sun(double longitude, double hour) => Assert.Equal(hour, DayShape.LocalHour(longitude, Noon), 9);

    [Fact]
    public void It_goes_on_over_midnight_without_a_leap()
    {
        Assert.Equal(DayShape.At(24 - 1e-9), DayShape.At(1e-9), 6);
        Assert.Equal(DayShape.At(-3.2), DayShape.At(20.8), 9);
    }

    [Fact]
    public void After_a_day_demand_is_as_it_was() => Assert.Equal(1, DayShape.Growth(37, Noon, Noon.AddDays(3)), 9);
}
