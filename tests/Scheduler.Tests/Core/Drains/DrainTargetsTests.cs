using Scheduler.Core.Drains;
using Scheduler.Tests.Core.Topology;

namespace Scheduler.Tests.Core.Drains;

public sealed class DrainTargetsTests
{
    [Theory]
    [InlineData(DrainTargetKind.Site, "lon1", new[] { 1, 2 })]
    [InlineData(DrainTargetKind.Site, "ams", new[] { 0, 1, 2 })]
    [InlineData(DrainTargetKind.Node, "lon1-02", new[] { 2 })]
    [InlineData(DrainTargetKind.Selector, "rack=a", new[] { 1 })]
    [InlineData(DrainTargetKind.Selector, "tier=metro", new[] { 1, 2 })]
    public void A_target_stands_for_nodes(DrainTargetKind kind, string value, int[] expected)
    {
        var target = new DrainTarget(kind, value);
        Assert.Null(DrainTargets.FindFault(FleetSamples.Small, target));
        Assert.Equal(expected, DrainTargets.Resolve(FleetSamples.Small, target));
    }

    [Theory]
    [InlineData(DrainTargetKind.Site, "lon9", "names no site of the fleet: 'lon9'")]
    [InlineData(DrainTargetKind.Site, "lon1-01", "names no site")]
    [InlineData(DrainTargetKind.Node, "lon1", "names no node of the fleet: 'lon1'")]
    [InlineData(DrainTargetKind.Selector, "rack=q", "matches no node of the fleet: 'rack=q'")]
    [InlineData(DrainTargetKind.Selector, "rack", "must be key=value")]
    public void A_target_that_stands_for_nothing_is_told_and_drains_nothing(DrainTargetKind kind, string value, string reason)
    {
        var target = new DrainTarget(kind, value);
        Assert.Contains(reason, DrainTargets.FindFault(FleetSamples.Small, target), StringComparison.Ordinal);
        Assert.Empty(DrainTargets.Resolve(FleetSamples.Small, target));
    }
}
