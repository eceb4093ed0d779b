using Scheduler.State.Rtts;

namespace Scheduler.Tests.State.Rtts;

public sealed class SampleQueueTests
{
    [Fact]
    public void Samples_come_out_in_the_order_in_which_they_went_in_and_a_full_queue_takes_no_more()
    {
        var queue = new SampleQueue(4);
        for (int lap = 0; lap < 3; lap++)
        {
            for (int i = 0; i < 4; i++) Assert.True(queue.TryAdd(new RttSample(i, 0, 0, 1)));
            Assert.False(queue.TryAdd(new RttSample(9, 0, 0, 1)));
            for (int i = 0; i < 4; i++)
            {
                Assert.True(queue.TryTake(out RttSample sample));
                Assert.Equal(i, sample.Cell);
            }
            Assert.False(queue.TryTake(out _));
        }
    }

    [Fact]
    public async Task Many_threads_fill_it_and_nothing_is_lost_or_doubled()
    {
        const int Threads = 4, Each = 20_000;
        var queue = new SampleQueue(256);
        var seen = new bool[Threads * Each];
        Task[] writers = [.. Enumerable.Range(0, Threads).Select(t => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
                while (!queue.TryAdd(new RttSample((t * Each) + i, 0, 0, 1))) Thread.Yield();
        }))];
        for (int taken = 0; taken < seen.Length;)
        {
            if (!queue.TryTake(out RttSample sample))
            {
                Thread.Yield();
                continue;
            }
            Assert.False(seen[sample.Cell]);
            seen[sample.Cell] = true;
            taken++;
        }
        await Task.WhenAll(writers);
        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public void Adding_allocates_nothing()
    {
        var queue = new SampleQueue(256);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (int i = 0; i < 100; i++) queue.TryAdd(new RttSample(i, 0, 0, 1));
            while (queue.TryTake(out _)) { }
        }));
    }
}
