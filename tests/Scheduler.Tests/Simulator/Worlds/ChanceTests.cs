using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator.Worlds;

/// <summary>Chance is fair. Bounds are six standard errors: the seed is fixed, so that a fair source passes always.</summary>
public sealed class ChanceTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(0.02)]
    [InlineData(3)]
    [InlineData(29.9)]
    [InlineData(75)]
    public void Poisson_numbers_have_their_mean_as_variance(double mean)
    {
        var chance = new Chance(5, Purposes.Arrivals);
        (double average, double variance) = Moments(() => chance.NextPoisson(mean));
        Assert.Equal(mean, average, 6 * Math.Sqrt(mean / Draws));
        Assert.Equal(mean, variance, 6 * Math.Sqrt((mean + (2 * mean * mean)) / Draws));
    }

    [Fact]
    public void Normal_numbers_are_standard()
    {
        var chance = new Chance(6, Purposes.Viewers);
        int beyondTwo = 0;
        (double average, double variance) = Moments(() =>
        {
            double normal = chance.NextNormal();
            if (Math.Abs(normal) > 2) beyondTwo++;
            return normal;
        });
        Assert.Equal(0, average, 6 / Math.Sqrt(Draws));
        Assert.Equal(1, variance, 6 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(0.0455, beyondTwo / (double)Draws, 6 * Math.Sqrt(0.0455 / Draws));
    }

    [Fact]
    public void Whole_numbers_are_even_over_their_range()
    {
        var chance = new Chance(7, Purposes.Faults);
        var counts = new int[10];
        for (int i = 0; i < Draws; i++) counts[chance.Next(10)]++;
        Assert.All(counts, count => Assert.Equal(Draws / 10.0, count, 6 * Math.Sqrt(Draws * 0.09)));
    }

    [Fact]
    public void Purposes_and_seeds_do_not_share_their_numbers()
    {
        double[] first = [.. new[] { new Chance(1, 1), new Chance(1, 2), new Chance(2, 1), new Chance(2, 2) }.Select(chance => chance.NextDouble())];
        Assert.Equal(4, first.Distinct().Count());
        Assert.Equal(first[0], new Chance(1, 1).NextDouble());
    }

    private static (double Mean, double Variance) Moments(Func<double> draw)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < Draws; i++)
        {
            double value = draw();
            sum += value;
            squares += value * value;
        }
        return (sum / Draws, (squares / Draws) - (sum / Draws * (sum / Draws)));
    }
}
