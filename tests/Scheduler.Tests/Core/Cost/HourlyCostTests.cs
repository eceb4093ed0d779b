using Scheduler.Core.Cost;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Cost;

public sealed class HourlyCostTests
{
    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(100, 0, 200 / 730.0)]
    [InlineData(100, 60, 80 / 730.0)]
    [InlineData(100, 100, 0)]
    [InlineData(100, 150, 0)]
    public void Only_what_lies_above_the_commit_costs_more(double loadMbps, long commitMbps, double cost) =>
        Assert.Equal(cost, HourlyCost.Of(new Tariff("t", 2, TariffBilling.Percentile95, BitRate.FromKbps(commitMbps * 1_000)), loadMbps), 12);
}
