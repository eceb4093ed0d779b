using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class OverloadControllerTests
{
    private readonly OverloadController _controller = new(new OverloadRules(TargetMs: 5, IntervalMs: 20));
    private long _now;

    [Fact]
    public void A_burst_that_drains_within_an_interval_refuses_nobody()
    {
        Observe(0);
        for (int i = 0; i < 100; i++) Observe(500, 500, 500, 0);
        Assert.Equal(0, _controller.Pressure);
    }

    [Fact]
    public void A_standing_queue_raises_the_pressure_the_faster_the_longer_it_is()
    {
        double slight = PressureAfter(6, intervals: 5), heavy = PressureAfter(20, intervals: 5);
        Assert.InRange(slight, 0.01, 0.1);
        Assert.InRange(heavy, 2 * slight, 0.25);
    }

    [Fact]
    public void It_falls_to_nothing_within_three_seconds_of_the_end_of_the_highest()
    {
        for (int i = 0; i < 1_000; i++) Observe(1_000, 1_000, 1_000, 1_000);
        Assert.Equal(OverloadController.Highest, _controller.Pressure);
        long from = _now;
        while (_controller.Pressure > 0) Observe(0, 0, 0, 0);
        Assert.InRange(_now - from, 500, 3_000);
    }

    [Fact]
    public void Between_half_the_target_and_the_target_it_rests()
    {
        Observe(50, 50, 50, 50, 50);
        double before = _controller.Pressure;
        Assert.InRange(before, 0.01, 0.1);
        for (int i = 0; i < 50; i++) Observe(4, 4, 4, 4);
        Assert.Equal(before, _controller.Pressure);
    }

    [Fact]
    public void Whatever_is_measured_it_stays_in_its_range() => Prop.ForAll(
        Gen.Choose(0, 100_000).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(),
        delays =>
        {
            var controller = new OverloadController(new OverloadRules(5, 20));
            for (int i = 0; i < delays.Length; i++) controller.Observe(i * 5, delays[i] / 100.0);
            return controller.Pressure is >= 0 and <= OverloadController.Highest;
        }).QuickCheckThrowOnFailure();

    /// <summary>
    /// A server that answers 1,000 a second of 3,000 that come: the pressure settles where what is let in is what can be served, and the queue stays short.
    /// </summary>
    [Fact]
    public void Against_three_times_what_can_be_served_it_lets_in_what_can_be_served()
    {
        const double ServedPerMs = 1, OfferedPerMs = 3;
        double queue = 0, served = 0, worst = 0;
        for (int ms = 0; ms < 60_000; ms++)
        {
            queue += OfferedPerMs * Math.Max(0.05, 1 - _controller.Pressure);
            double out1 = Math.Min(queue, ServedPerMs);
            queue -= out1;
            if (ms >= 10_000)
            {
                served += out1;
                worst = Math.Max(worst, queue);
            }
            if (ms % 5 == 0) _controller.Observe(ms, queue / ServedPerMs);
        }
        Assert.InRange(served / 50_000, 0.9, 1);
        Assert.InRange(worst, 0, 50); // one call a millisecond: so many wait, so many ms
    }

    private double PressureAfter(double delayMs, int intervals)
    {
        var controller = new OverloadController(new OverloadRules(5, 20));
        for (int i = 0; i <= intervals * 5; i++) controller.Observe(i * 5, delayMs);
        return controller.Pressure;
    }

    private void Observe(params ReadOnlySpan<double> delaysMs)
    {
        foreach (double delay in delaysMs) _controller.Observe(_now += 5, delay); // four are an interval
    }
}
