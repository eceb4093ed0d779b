using Scheduler.Core.Geo;
using Scheduler.Core.Units;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator.Worlds;

/// <summary>Round-trip times have the medians and the spread that were measured, by distance.</summary>
public sealed class RttFieldTests
{
    private const int Pairs = 20_000;

    [Theory]
    [InlineData(100, 8.2, 0.65)]
    [InlineData(750, 25.6, 0.45)]
    [InlineData(3_000, 68.5, 0.32)]
    [InlineData(12_000, 208.7, 0.18)]
    public void Pairs_of_a_distance_spread_around_the_median_of_the_mesh(double km, double medianMs, double sigma)
    {
        double[] logs = Sample(km);
        double floor = Math.Log(Math.Max(0.5, km / 100));
        Assert.Equal(Math.Log(medianMs), logs[Pairs / 2], 0.03);
        Assert.All(logs, ms => Assert.True(ms >= floor - 1e-9));
        // The upper half is not cut by the speed of light: its 84th percentile lies one sigma above the median.
        Assert.Equal(sigma, logs[(int)(Pairs * 0.8413)] - logs[Pairs / 2], 0.03);
    }

    [Fact]
    public void A_pair_keeps_its_time()
    {
        var london = new GeoPoint(51.5, -0.1);
        var paris = new GeoPoint(48.9, 2.4);
        Assert.Equal(RttField.Ms(london, paris, 5), RttField.Ms(london, paris, 5));
        Assert.NotEqual(RttField.Ms(london, paris, 5), RttField.Ms(london, paris, 6));
    }

    /// <summary>
    /// Between regions of a cloud the backbone is faster than the public internet, so the model may lie above what was measured there, by up to a half; and
    /// never below what light in fibre needs.
    /// </summary>
    [CloudRttFact]
    public void The_model_lies_above_the_backbone_of_a_cloud_and_follows_it_with_distance()
    {
        (double Km, double Ms)[] measured = [.. CloudRttFactAttribute.Pairs()];
        Assert.True(measured.Length > 200);
        Assert.All(measured, pair => Assert.True(pair.Ms >= 0.9 * pair.Km / 100, $"{pair.Km} km in {pair.Ms} ms"));
        foreach ((double fromKm, double toKm) in (ReadOnlySpan<(double, double)>)[(500, 2_000), (2_000, 4_000), (4_000, 8_000), (8_000, 12_000), (12_000, 20_040)])
        {
            double[] ratios = [.. measured.Where(p => p.Km >= fromKm && p.Km < toKm).Select(p => p.Ms / RttModel.EstimateMs(p.Km)).Order()];
            Assert.InRange(ratios[ratios.Length / 2], 0.5, 1.1);
        }
    }

    private static double[] Sample(double km)
    {
        var from = new GeoPoint(0, 0);
        var to = new GeoPoint(0, double.RadiansToDegrees(km / GeoPoint.EarthRadiusKm));
        double[] logs = [.. Enumerable.Range(0, Pairs).Select(i => Math.Log(RttField.Ms(from, to, Chance.Mix((ulong)i + 1))))];
        Array.Sort(logs);
        return logs;
    }
}
