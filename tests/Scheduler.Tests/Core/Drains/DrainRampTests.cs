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
    public void Receivers_with_room_let_the_ramp_keep_its_time() => Assert.Equal(0.9, DrainRamp.Next(1, 0.9, new RampLoad(1_000, 1_000, 100_000)), 12);

    [Fact]
    public void Tight_receivers_make_it_longer_and_it_says_so()
    {
        Assert.Equal(0.98, DrainRamp.Next(1, 0.5, new RampLoad(1_000, 100, 1_000)), 12);
        Assert.Equal(50 * DrainRamp.StepMs, DrainRamp.RemainingMs(1, 60_000, new RampLoad(1_000, 100, 1_000)));
        Assert.Null(DrainRamp.RemainingMs(1, 60_000, new RampLoad(1_000, 100, 0)));
    }

    /// <summary>Nobody who is there is pushed away, so that a large free part at which few arrive weighs little.</summary>
    [Fact]
    public void Receivers_that_bear_all_that_arrives_let_the_ramp_keep_its_time_however_large_the_target_is()
    {
        var load = new RampLoad(1_000_000, 20, 1_000);
        Assert.Equal(0.5, DrainRamp.Next(1, 0.5, load));
        Assert.Equal(60_000, DrainRamp.RemainingMs(1, 60_000, load));
        Assert.True(DrainRamp.Next(1, 0.5, load with { ArrivingKbps = 21 }) > 0.999);
    }

    [Fact]
    public void A_full_target_needs_no_room_elsewhere() => Assert.Equal(0.3, DrainRamp.Next(1, 0.3, default));

    [Fact]
    public void A_step_never_opens_never_passes_what_is_wanted_and_pushes_two_per_cent_of_the_headroom_away_at_most() => Prop.ForAll(
        Gen.Choose(0, 1_000).Four().ToArbitrary(),
        draw =>
        {
            (double admitting, double wanted) = (draw.Item1 / 1_000.0, draw.Item2 / 1_000.0);
            (long free, long headroom) = (draw.Item3 * 1_000L, draw.Item4 * 10_000L);
            long arriving = (draw.Item1 * draw.Item4) % 997 * 20;
            double next = DrainRamp.Next(admitting, wanted, new RampLoad(free, arriving, headroom));
            return next <= admitting && next >= Math.Min(admitting, wanted)
                && Math.Min((admitting - next) * free, arriving) <= (DrainRamp.StepShare * headroom) + 1e-6;
        }).QuickCheckThrowOnFailure();
}
