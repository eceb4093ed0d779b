using Scheduler.Simulator.Scenarios;
using Scheduler.Simulator.Viewers;
using Scheduler.Simulator.Worlds;

namespace Scheduler.Tests.Simulator.Viewers;

/// <summary>Who comes when, watches what, and stays how long.</summary>
public sealed class AudienceTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void Streams_are_drawn_by_zipf(double exponent)
    {
        const int Draws = 200_000, Streams = 50;
        var table = new ZipfTable(Streams, exponent);
        var chance = new Chance(3, Purposes.Streams);
        var counts = new int[Streams];
        for (int i = 0; i < Draws; i++) counts[table.Draw(chance)]++;
        double sum = Enumerable.Range(1, Streams).Sum(k => Math.Pow(k, -exponent));
        for (int k = 1; k <= Streams; k++)
        {
            double share = Math.Pow(k, -exponent) / sum;
            Assert.Equal(share * Draws, counts[k - 1], 6 * Math.Sqrt(Draws * share));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-122.4)]
    [InlineData(139.7)]
    public void Demand_over_a_day_has_the_mean_one(double longitude)
    {
        double[] day = [.. Enumerable.Range(0, 24 * 60).Select(minute => DayShape.At(minute * 60, longitude))];
        Assert.Equal(1, day.Average(), 0.005);
        Assert.Equal(DayShape.Peak, day.Max(), 0.02);
        Assert.Equal(DayShape.At(0, longitude), DayShape.At(86_400, longitude), 1e-9);
    }

    [Fact]
    public void The_evening_travels_west() => Assert.Equal(DayShape.At(21 * 3_600, 0), DayShape.At((21 + 5) * 3_600, -75), 1e-9);

    [CheckoutWorldTheory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Sessions_have_their_length_in_the_mean_and_what_is_left_of_those_of_the_beginning_is_the_residual(double sigma)
    {
        var lengths = new Lengths();
        Scenario long1 = SmallWorld.Scenario with { Sessions = 20_000, SessionS = 60, SessionSigma = sigma, DurationS = 60, SessionKbps = 6_000 };
        SmallWorld.Watch(long1, "nearest", lengths);
        // The mean of what is left is E[L²] / 2 E[L], and for the lognormal E[L²] = E[L]² exp(sigma²).
        double residual = 60 * Math.Exp(sigma * sigma) / 2;
        Assert.True(lengths.Whole.Count > 15_000 && lengths.Left.Count > 15_000);
        Assert.Equal(60, lengths.Whole.Average(), 60 * 0.05);
        Assert.Equal(residual, lengths.Left.Average(), residual * 0.1);
    }

    private sealed class Lengths : Onlooker
    {
        public List<double> Whole { get; } = [];

        public List<double> Left { get; } = [];

        public override void Inherit(int viewer, in Viewer who)
        {
            Left.Add(who.EndTick / 10.0);
            base.Inherit(viewer, in who);
        }

        public override int? Open(int viewer, in Viewer who)
        {
            if (who.Refusals == 0) Whole.Add((who.EndTick / 10.0) - (NowMs / 1_000.0));
            return base.Open(viewer, in who);
        }
    }
}
