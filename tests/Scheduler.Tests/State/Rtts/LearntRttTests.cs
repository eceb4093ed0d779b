using Scheduler.State.Rtts;

namespace Scheduler.Tests.State.Rtts;

public sealed class LearntRttTests
{
    private static readonly RttRules Rules = RttRules.Default;

    [Fact]
    public void Nothing_is_said_before_there_are_enough_samples_and_then_their_median()
    {
        var pair = new LearntRtt();
        foreach (double ms in (double[])[1_500, 20, 21, 1]) pair.Add(ms, Rules, 0);
        Assert.Null(pair.Ms);
        pair.Add(22, Rules, 0);
        Assert.Equal(21, pair.Ms!.Value, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_500)]
    [InlineData(0.2)]
    public void A_tenth_of_liars_moves_the_estimate_by_little(double lie)
    {
        var random = new Random(5);
        var pair = new LearntRtt();
        for (int i = 0; i < 3_000; i++)
        {
            double honest = 40 * Math.Exp(0.25 * ((random.NextDouble() + random.NextDouble() + random.NextDouble()) - 1.5) * 2);
            pair.Add(lie > 0 && i % 10 == 9 ? lie : honest, Rules, 0);
        }
        Assert.InRange(pair.Ms!.Value, 40 / 1.15, 40 * 1.15);
    }

    [Fact]
    public void It_follows_a_path_that_has_changed()
    {
        var pair = new LearntRtt();
        for (int i = 0; i < 20; i++) pair.Add(10, Rules, 0);
        for (int i = 0; i < 100; i++) pair.Add(30, Rules, 0);
        Assert.InRange(pair.Ms!.Value, 29, 30.1);
    }

    [Fact]
    public void Trust_is_whole_for_a_half_life_and_then_halves()
    {
        var pair = new LearntRtt();
        pair.Add(10, Rules, 0);
        Assert.Equal(1, pair.TrustAt(Rules.HalfLifeMs, Rules));
        Assert.Equal(0.5, pair.TrustAt(2 * Rules.HalfLifeMs, Rules), 6);
        Assert.Equal(0.25, pair.TrustAt(3 * Rules.HalfLifeMs, Rules), 6);
    }
}
