namespace Scheduler.Tests;

public sealed class VirtualClockTests
{
    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_each_at_its_own_moment()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        var fired = new List<(string, TimeSpan)>();
        using ITimer late = clock.CreateTimer(_ => fired.Add(("late", clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using ITimer early = clock.CreateTimer(_ => fired.Add(("early", clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        clock.Advance(TimeSpan.FromSeconds(3.5));
        Assert.Equal(
            [("early", TimeSpan.FromSeconds(1)), ("early", TimeSpan.FromSeconds(2.5)), ("late", TimeSpan.FromSeconds(3))], fired);
        Assert.Equal(TimeSpan.FromSeconds(3.5), clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_gets_there_and_not_before()
    {
        var clock = new VirtualClock();
        Task delay = Task.Delay(TimeSpan.FromSeconds(10), clock);
        clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.001));
        await delay;
    }

    [Fact]
    public async Task A_disposed_timer_never_fires()
    {
        var clock = new VirtualClock();
        bool fired = false;
        ITimer timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await timer.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(fired);
        Assert.Equal(0, clock.Armed);
    }
}
