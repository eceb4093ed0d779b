using Scheduler.Core.Cost;

namespace Scheduler.Tests.Core.Cost;

public sealed class LoadPenaltyTests
{
    public static TheoryData<LoadPenalty> Penalties => new(
        LoadPenalty.Default, new LoadPenalty(0, 0.7, 100, 5000), new LoadPenalty(1, 0, 30, 0), new LoadPenalty(2, 0.5, 0, 10), new LoadPenalty(5, 0.9, 0, 0));

    [Theory, MemberData(nameof(Penalties))]
    public void The_integral_is_the_area_under_the_marginal(LoadPenalty penalty)
    {
        const int Steps = 20_000;
        double area = 0, width = 1.5 / Steps;
        for (int i = 0; i < Steps; i++)
        {
            area += width * penalty.Marginal((i + 0.5) * width);
            double u = (i + 1) * width;
            Assert.Equal(area, penalty.Integral(u), 1e-3 * Math.Max(1, area));
        }
    }

    [Theory, MemberData(nameof(Penalties))]
    public void The_slope_is_how_fast_the_marginal_climbs(LoadPenalty penalty)
    {
        for (double u = 0.005; u < 1.6; u += 0.0103)
            Assert.Equal((penalty.Marginal(u + 1e-6) - penalty.Marginal(u - 1e-6)) / 2e-6, penalty.Slope(u), 1e-2);
    }

    [Theory, MemberData(nameof(Penalties))]
    public void The_utilisation_at_a_price_costs_that_price(LoadPenalty penalty)
    {
        for (double u = 0; u < 1.6; u += 0.0103)
        {
            double filled = penalty.UtilisationAt(penalty.Marginal(u));
            Assert.True(filled >= u - 1e-9);
            if (double.IsFinite(filled)) Assert.Equal(penalty.Marginal(u), penalty.Marginal(filled), 1e-6);
        }
    }

    [Theory, MemberData(nameof(Penalties))]
    public void The_conjugate_is_the_most_that_any_load_earns(LoadPenalty penalty)
    {
        foreach (double price in (double[])[-5, 0, 0.3, 0.7, 2, 20, 100, 101, 300, 2_000])
        {
            double most = 0;
            for (double u = 0; u < 40; u += 0.002) most = Math.Max(most, (price * u) - penalty.Integral(u));
            double conjugate = penalty.Conjugate(price);
            Assert.True(conjugate >= most - 1e-9, $"{penalty} at {price}: {conjugate} < {most}");
            if (double.IsFinite(conjugate) && penalty.UtilisationAt(price) < 40) Assert.Equal(most, conjugate, 1e-2 * Math.Max(1, most));
        }
    }

    [Fact]
    public void Nothing_is_earned_below_a_price_of_zero()
    {
        Assert.Equal(0, LoadPenalty.Default.Conjugate(-1));
        Assert.Equal(0, LoadPenalty.Default.UtilisationAt(-1));
    }
}
