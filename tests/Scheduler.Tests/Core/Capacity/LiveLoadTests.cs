using Scheduler.Core.Capacity;
using Scheduler.Core.Cost;

namespace Scheduler.Tests.Core.Capacity;

public sealed class LiveLoadTests
{
    [Fact]
    public void Racing_threads_never_pass_the_ceiling_and_use_all_of_it()
    {
        var load = new LiveLoad(LoadPenalty.Default);
        load.Node(3).Ceiling = 1_000_000;
        long admitted = 0;
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 20_000; i++)
                if (load.TryTake(3, 1, 7)) Interlocked.Add(ref admitted, 7);
        });
        Assert.Equal(load.Node(3).Assigned, admitted);
        Assert.Equal(load.Site(1).Assigned, admitted);
        Assert.InRange(admitted, 1_000_000 - 6, 1_000_000);
    }

    [Fact]
    public void What_does_not_fit_takes_nothing()
    {
        var load = new LiveLoad(LoadPenalty.Default);
        load.Node(0).Ceiling = 99;
        Assert.False(load.TryTake(0, 0, 100));
        Assert.Equal(0, load.Node(0).Assigned);
        Assert.Equal(0, load.Site(0).Assigned);
    }
}
