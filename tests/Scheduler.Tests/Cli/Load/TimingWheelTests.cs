using FsCheck;
using FsCheck.Fluent;
using Scheduler.Cli.Load;

namespace Scheduler.Tests.Cli.Load;

public sealed class TimingWheelTests
{
    private static int[] Drain(WorkQueue queue)
    {
        var items = new List<int>();
        while (queue.TryDequeue(out int item)) items.Add(item);
        return [.. items];
    }

    [Fact]
    public void Every_item_fires_once_at_the_first_advance_that_reaches_its_tick_and_never_before()
    {
        var dues = Gen.Choose(0, 500).ArrayOf().ToArbitrary();
        var steps = Gen.Choose(1, 90).NonEmptyListOf().ToArbitrary();
        var slots = Gen.Elements(1, 4, 64).ToArbitrary();
        Prop.ForAll(dues, steps, slots, (due, advances, slotCount) =>
        {
            var wheel = new TimingWheel(due.Length, slotCount);
            var fired = new WorkQueue(due.Length);
            for (int i = 0; i < due.Length; i++) wheel.Set(i, due[i]);
            long now = 0;
            var pending = new HashSet<int>(Enumerable.Range(0, due.Length));
            foreach (int step in advances.Append(600))
            {
                now += step;
                wheel.Advance(now, fired);
                foreach (int item in Drain(fired))
                    if (due[item] > now || !pending.Remove(item)) return false;
                if (pending.Any(i => due[i] <= now)) return false;
            }
            return pending.Count == 0 && wheel.Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Within_one_turn_items_fire_in_the_order_of_their_ticks()
    {
        var wheel = new TimingWheel(3, 64);
        var fired = new WorkQueue(3);
        wheel.Set(0, 30);
        wheel.Set(1, 10);
        wheel.Set(2, 20);
        wheel.Advance(40, fired);
        Assert.Equal([1, 2, 0], Drain(fired));
    }

    [Fact]
    public void A_tick_that_has_passed_fires_at_the_next_advance()
    {
        var wheel = new TimingWheel(1, 8);
        var fired = new WorkQueue(1);
        wheel.Advance(100, fired);
        wheel.Set(0, 3);
        wheel.Advance(101, fired);
        Assert.Equal([0], Drain(fired));
    }

    [Fact]
    public void An_item_has_one_timer()
    {
        var wheel = new TimingWheel(1, 8);
        wheel.Set(0, 5);
        Assert.Throws<InvalidOperationException>(() => wheel.Set(0, 6));
    }

    [Fact]
    public void Fire_all_fires_all_that_are_set_and_leaves_the_wheel_empty()
    {
        var wheel = new TimingWheel(5, 4);
        var fired = new WorkQueue(5);
        for (int i = 0; i < 4; i++) wheel.Set(i, 1 + (i * 1_000));
        wheel.FireAll(fired);
        Assert.Equal([0, 1, 2, 3], Drain(fired).Order());
        Assert.Equal(0, wheel.Count);
        wheel.Set(0, 2);
        wheel.Advance(2, fired);
        Assert.Equal([0], Drain(fired));
    }

    [Fact]
    public void A_queue_keeps_its_order_around_its_end()
    {
        var queue = new WorkQueue(3);
        for (int round = 0; round < 5; round++)
        {
            queue.Enqueue(0);
            queue.Enqueue(1);
            Assert.Equal([0, 1], Drain(queue));
        }
    }

    [Fact]
    public void Setting_and_firing_allocate_nothing()
    {
        var wheel = new TimingWheel(100, 64);
        var fired = new WorkQueue(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) wheel.Set(i, i * 3);
        wheel.Advance(1_000, fired);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(100, fired.Count);
    }
}
