using Scheduler.Core.Drains;

namespace Scheduler.Tests.Core.Drains;

public sealed class AllowanceTests
{
    [Fact]
    public void Nothing_is_there_before_anything_flowed_in()
    {
        var allowance = new Allowance();
        Assert.False(allowance.HasAny);
        Assert.False(allowance.TryTake(1));
    }

    [Fact]
    public void Who_takes_too_much_leaves_a_debt_that_has_to_flow_in_first()
    {
        var allowance = new Allowance();
        allowance.Refill(100, 1_000);
        Assert.True(allowance.TryTake(350));
        allowance.Refill(100, 2_500);
        Assert.False(allowance.TryTake(1));
        allowance.Refill(100, 10);
        Assert.True(allowance.TryTake(1));
    }

    [Fact]
    public void A_lull_does_not_save_up_more_than_a_second()
    {
        var allowance = new Allowance();
        allowance.Refill(100, 3_600_000);
        Assert.True(allowance.TryTake(100));
        Assert.False(allowance.TryTake(1));
    }

    [Fact]
    public void A_slow_flow_adds_up_over_many_small_parts()
    {
        var allowance = new Allowance();
        int taken = 0;
        for (int tick = 0; tick < 10_000; tick++)
        {
            allowance.Refill(0.5, 100);
            if (allowance.TryTake(1)) taken++;
        }
        Assert.InRange(taken, 499, 502);
    }

    [Fact]
    public void Threads_that_race_take_no_more_than_flowed_in()
    {
        var allowance = new Allowance[1];
        allowance[0].Refill(1_000, 1_000);
        int taken = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 1_000; i++)
                if (allowance[0].TryTake(1)) Interlocked.Increment(ref taken);
        });
        Assert.Equal(1_000, taken);
    }
}
