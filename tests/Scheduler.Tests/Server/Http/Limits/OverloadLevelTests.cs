using FsCheck;
using FsCheck.Fluent;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class OverloadLevelTests
{
    private readonly OverloadLevel _level = new(targetMs: 20);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    [InlineData(41, 2)]
    [InlineData(81, 3)]
    public void The_longer_work_waits_the_more_classes_are_refused(double delayMs, int refused)
    {
        _level.Observe(delayMs);
        _level.Observe(delayMs);
        Assert.Equal(refused, _level.Refused);
    }

    [Fact]
    public void A_burst_that_one_measurement_sees_refuses_nobody()
    {
        for (int i = 0; i < 100; i++)
        {
            _level.Observe(i % 2 == 0 ? 500 : 0);
            Assert.Equal(0, _level.Refused);
        }
    }

    [Fact]
    public void It_ends_with_the_first_measurement_below_the_target()
    {
        for (int i = 0; i < 100; i++) _level.Observe(500);
        _level.Observe(19);
        Assert.Equal(0, _level.Refused);
    }

    /// <summary>
    /// A server that answers 1,000 a second of 3,000 that come, where a refusal takes half as long as an answer: what is let in is what can be served, and the
    /// queue stays short.
    /// </summary>
    [Fact]
    public void Against_three_times_what_can_be_served_from_connections_that_are_held_it_goes_on_serving()
    {
        const int Connections = 2_000, HoldMs = 1_000;
        const double AnswersPerMs = 15, RefusalCost = 0.5;
        var held = new double[HoldMs];
        double queue = Connections, inHold = 0, served = 0, worst = 0;
        for (int ms = 0; ms < 60_000; ms++)
        {
            queue += held[ms % HoldMs];
            inHold -= held[ms % HoldMs];
            bool refuses = _level.Refused > 0;
            double done = Math.Min(queue, refuses ? AnswersPerMs / RefusalCost : AnswersPerMs);
            queue -= done;
            held[ms % HoldMs] = refuses ? done : 0;
            inHold += held[ms % HoldMs];
            if (!refuses) queue += done; // who is served asks for the next viewer at once
            if (ms >= 10_000 && !refuses)
            {
                served += done;
                worst = Math.Max(worst, queue / AnswersPerMs);
            }
            if (ms % 5 == 0) _level.Observe(queue / AnswersPerMs);
            Assert.Equal(Connections, queue + inHold, 6);
        }
        Assert.InRange(served / 50_000 / AnswersPerMs, 0.9, 1);
        Assert.InRange(worst, 0, 50); // ms that the last in the queue waits
    }

    [Fact]
    public void It_is_never_higher_after_a_shorter_wait() => Prop.ForAll(
        Gen.Choose(0, 200).Two().ToArbitrary(),
        pair => After(Math.Min(pair.Item1, pair.Item2)) <= After(Math.Max(pair.Item1, pair.Item2))).QuickCheckThrowOnFailure();

    private static int After(double delayMs)
    {
        var level = new OverloadLevel(20);
        level.Observe(delayMs);
        level.Observe(delayMs);
        return level.Refused;
    }
}
