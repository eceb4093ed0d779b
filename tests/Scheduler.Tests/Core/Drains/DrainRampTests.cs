using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Drains;

namespace Scheduler.Tests.Core.Drains;

public sealed class DrainRampTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(-5_000, 1)]
    [InlineData(0, 1)]
    [InlineData(300_000, 0.5)]
    [InlineData(600_000, 0)]
    [InlineData(900_000, 0)]
    public void The_share_that_time_asks_for_falls_evenly(long sinceStartMs, double wanted) => Assert.Equal(wanted, DrainRamp.Wanted(sinceStartMs, TenMinutes), 12);

    [Fact]
    public void Without_a_ramp_nothing_stays_open() => Assert.Equal(0, DrainRamp.Wanted(0, TimeSpan.Zero));

    [Fact]
    public void Receivers_with_room_let_the_ramp_keep_its_time() => Assert.Equal(0.9, DrainRamp.Next(1, 0.9, freeKbps: 1_000, headroomKbps: 100_000), 12);

    [Fact]
    public void Tight_receivers_make_it_longer_and_it_says_so()
    {
        Assert.Equal(0.98, DrainRamp.Next(1, 0.5, freeKbps: 1_000, headroomKbps: 1_000), 12);
        Assert.Equal(50 * DrainRamp.StepMs, DrainRamp.RemainingMs(1, 60_000, freeKbps: 1_000, headroomKbps: 1_000));
        Assert.Null(DrainRamp.RemainingMs(1, 60_000, freeKbps: 1_000, headroomKbps: 0));
    }

    [Fact]
    public void A_full_target_needs_no_room_elsewhere() => Assert.Equal(0.3, DrainRamp.Next(1, 0.3, freeKbps: 0, headroomKbps: 0));

    [Fact]
    public void A_step_never_opens_never_passes_what_is_wanted_and_closes_two_per_cent_of_the_headroom_at_most() => Prop.ForAll(
        Gen.Choose(0, 1_000).Four().ToArbitrary(),
        draw =>
        {
            (double admitting, double wanted) = (draw.Item1 / 1_000.0, draw.Item2 / 1_000.0);
            (long free, long headroom) = (draw.Item3 * 1_000L, draw.Item4 * 10_000L);
            double next = DrainRamp.Next(admitting, wanted, free, headroom);
            return next <= admitting && next >= Math.Min(admitting, wanted)
                && (admitting - next) * free <= (DrainRamp.StepShare * headroom) + 1e-6;
        }).QuickCheckThrowOnFailure();
}
