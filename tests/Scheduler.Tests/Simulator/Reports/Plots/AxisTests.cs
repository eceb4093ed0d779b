using FsCheck;
using FsCheck.Fluent;
using Scheduler.Simulator.Reports.Plots;

namespace Scheduler.Tests.Simulator.Reports.Plots;

public sealed class AxisTests
{
    private static readonly Gen<double> Positive = Gen.Choose(-900, 900).Select(power => Math.Pow(10, power / 100.0));

    [Fact]
    public void A_linear_axis_covers_its_values_with_a_handful_of_even_ticks() => Prop.ForAll(Positive.ToArbitrary(), most =>
    {
        Axis axis = Axis.Linear("x", most, value => $"{value}");
        return axis.Most >= most * (1 - 1e-9) && axis.Most <= 2.1 * most && axis.Ticks.Length is >= 3 and <= 8 && Rises(axis);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_logarithmic_axis_covers_its_values_from_tick_to_tick() => Prop.ForAll(Positive.ToArbitrary(), Positive.ToArbitrary(), (a, b) =>
    {
        (double least, double most) = (Math.Min(a, b), Math.Max(a, b));
        Axis axis = Axis.Logarithmic("x", least, most, value => $"{value}");
        return axis.Least <= least * (1 + 1e-8) && axis.Most >= most * (1 - 1e-8) && axis.Ticks[0].Value == axis.Least && axis.Ticks[^1].Value == axis.Most && Rises(axis);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(420, "virtual time (s)", "0 60 120 180 240 300 360 420")]
    [InlineData(1_800, "virtual time (min)", "0 5 10 15 20 25 30")]
    [InlineData(86_400, "virtual time (h)", "0 3 6 9 12 15 18 21 24")]
    [InlineData(0.5, "virtual time (s)", "0")]
    public void Time_is_ticked_as_clocks_are(double durationS, string title, string ticks)
    {
        Axis axis = Axis.Time(durationS);
        Assert.Equal(title, axis.Title);
        Assert.Equal(ticks, string.Join(' ', axis.Ticks.Select(tick => tick.Text)));
    }

    [Fact]
    public void Values_lie_between_the_ends()
    {
        Axis linear = Axis.Linear("x", 10, value => $"{value}"), log = Axis.Logarithmic("x", 0.01, 100, value => $"{value}");
        Assert.Equal([0, 0.5, 1, 1, 0], new[] { 0, 5, 10.0, 11, -1 }.Select(linear.Position));
        Assert.Equal([0, 0, 0.5, 1], new[] { 0, 0.01, 1, 100 }.Select(value => Math.Round(log.Position(value), 12)));
    }

    private static bool Rises(Axis axis) => axis.Ticks.Zip(axis.Ticks.Skip(1)).All(pair => pair.First.Value < pair.Second.Value);
}
