using Scheduler.Core.Drains;

namespace Scheduler.Tests.Core.Drains;

public sealed class MigrationBrakeTests
{
    private MigrationBrake _brake;

    [Fact]
    public void It_stops_beyond_nine_tenths_and_goes_on_some_way_below()
    {
        Assert.Null(After(0.9, 0));
        Assert.Equal(DrainPause.ReceiverFull, After(0.91, 0));
        Assert.Equal(DrainPause.ReceiverFull, After(0.88, 0));
        Assert.Null(After(0.86, 0));
        Assert.Null(After(0.89, 0));
    }

    [Fact]
    public void It_stops_when_players_fail_and_goes_on_when_half_as_many_do()
    {
        Assert.Null(After(0.5, 0.99));
        Assert.Equal(DrainPause.ReceiverFails, After(0.5, 1));
        Assert.Equal(DrainPause.ReceiverFails, After(0.5, 0.6));
        Assert.Null(After(0.5, 0.4));
    }

    [Fact]
    public void Failing_players_are_told_before_a_full_site() => Assert.Equal(DrainPause.ReceiverFails, After(0.95, 2));

    [Theory]
    [InlineData(4, 100, 0.8)]
    [InlineData(5, 100, 1)]
    [InlineData(5, 10_000, 0.05)]
    [InlineData(100, 10_000, 1)]
    public void Few_failures_and_a_small_share_of_many_sessions_are_ordinary(long failures, long sessions, double degree) =>
        Assert.Equal(degree, MigrationBrake.Failing(failures, sessions), 12);

    private DrainPause? After(double utilisation, double failing)
    {
        _brake.Update(utilisation, failing, ReceiverBounds.Default);
        return _brake.Cause;
    }
}
