using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void More_headroom_never_raises_a_price_whatever_the_plan_and_the_bill() => Prop.ForAll(
        Gen.Choose(0, 1_200_000).Four().ToArbitrary(), drawn =>
    {
        var load = new LiveLoad(LoadPenalty.Default);
        ref SiteLedger site = ref load.Site(0);
        site.InverseCapacity = 1e-6;
        load.SetPlanned(0, drawn.Item3 / 10_000f);
        load.SetBill(0, new SiteBill(drawn.Item4, 17));
        float[] prices = new float[2];
        for (int i = 0; i < 2; i++)
        {
            site.Offset = i == 0 ? Math.Min(drawn.Item1, drawn.Item2) : Math.Max(drawn.Item1, drawn.Item2);
            load.Reprice(0);
            prices[i] = load.Prices[0];
        }
        Assert.True(prices[0] <= prices[1]);
        Assert.True(prices[0] >= LiveLoad.PlanWeight * drawn.Item3 / 10_000f);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_beyond_the_commit_costs_its_price_and_load_below_it_nothing()
    {
        var load = new LiveLoad(new LoadPenalty(0, 0.7, 0, 0));
        load.Site(0).InverseCapacity = 1e-6;
        load.SetBill(0, new SiteBill(500_000, 17));
        Assert.Equal(0, PriceAt(500_000));
        Assert.Equal(8.5f, PriceAt(510_000), 1e-3f); // the middle of a ramp of 2 % of capacity
        Assert.Equal(17, PriceAt(520_000), 1e-3f);
        Assert.Equal(17, PriceAt(900_000), 1e-3f);
        load.SetBill(0, null);
        Assert.Equal(0, PriceAt(900_000));

        float PriceAt(long kbps)
        {
            load.Site(0).Offset = kbps;
            load.Reprice(0);
            return load.Prices[0];
        }
    }
}
