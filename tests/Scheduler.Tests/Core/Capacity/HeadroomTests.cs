using Scheduler.Core.Capacity;

namespace Scheduler.Tests.Core.Capacity;

public sealed class HeadroomTests
{
    private static NodeReport Report(long capacity = 1_000, long egress = 400, double? cpu = null, params ReportedLimit[] limits) =>
        new(1, 1, null, capacity, egress, 10, NodeState.Serving, cpu, [.. limits], [], []);

    [Theory]
    [InlineData(1_000, 2_000, long.MaxValue, 1_000)]
    [InlineData(3_000, 2_000, long.MaxValue, 2_000)]
    [InlineData(3_000, 2_000, 1_500, 1_500)]
    public void The_least_of_reported_declared_and_site_share_counts(long reported, long declared, long share, long expected) =>
        Assert.Equal(expected, Headroom.CapacityKbps(Report(reported), declared, share));

    [Fact]
    public void A_session_limit_half_used_doubles_the_egress() =>
        Assert.Equal(800, Headroom.CapacityKbps(Report(limits: new ReportedLimit(100, 50)), 1_000, long.MaxValue));

    [Fact]
    public void A_limit_that_is_reached_leaves_no_room() =>
        Assert.Equal(400, Headroom.CapacityKbps(Report(limits: new ReportedLimit(100, 130)), 1_000, long.MaxValue));

    [Fact]
    public void An_idle_processor_says_nothing_and_a_busy_one_limits()
    {
        Assert.Equal(1_000, Headroom.CapacityKbps(Report(cpu: 0.5), 1_000, long.MaxValue));
        Assert.Equal(421, Headroom.CapacityKbps(Report(cpu: 0.95), 1_000, long.MaxValue));
    }

    [Fact]
    public void A_share_scales_only_what_is_free()
    {
        Assert.Equal(1_000, Headroom.EffectiveKbps(1_000, 400, 1));
        Assert.Equal(460, Headroom.EffectiveKbps(1_000, 400, 0.1));
        Assert.Equal(1_000, Headroom.EffectiveKbps(1_000, 1_200, 0.1));
    }

    [Fact]
    public void Slow_start_rises_from_its_floor_to_one()
    {
        Assert.Equal(0.1, SlowStart.Default.ShareAt(0));
        Assert.Equal(1, SlowStart.Default.ShareAt(90_000));
        Assert.Equal(Math.Pow(0.5, 1 / 1.5), SlowStart.Default.ShareAt(45_000), 9);
    }
}
