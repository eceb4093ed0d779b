using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class StreamTableTests
{
    [Fact]
    public void A_stream_is_warm_for_one_to_two_epochs()
    {
        var table = new StreamTable(64, 200);
        table.Warm(9, 130, 10);
        Assert.True(table.Find(9, 10).IsWarmAt(130));
        Assert.True(table.Find(9, 11).IsWarmAt(130));
        Assert.False(table.Find(9, 12).IsWarmAt(130));
        Assert.False(table.Find(9, 10).IsWarmAt(131));
    }

    [Fact]
    public void Renewed_sites_stay_warm_while_others_cool()
    {
        var table = new StreamTable(64, 64);
        table.Warm(9, 1, 10);
        table.Warm(9, 2, 11);
        Assert.True(table.Find(9, 11).IsWarmAt(1));
        table.Warm(9, 2, 12);
        Assert.False(table.Find(9, 12).IsWarmAt(1));
        Assert.True(table.Find(9, 12).IsWarmAt(2));
        table.Warm(9, 3, 20);
        Assert.False(table.Find(9, 20).IsWarmAt(2));
    }

    [Fact]
    public void The_mean_bit_rate_follows_the_reports()
    {
        var table = new StreamTable(64, 64);
        Assert.Null(table.Find(9, 10).MeanKbps);
        table.Measure(new StreamLoad(9, 10, 40_000), 1, 10);
        Assert.Equal(4_000, table.Find(9, 10).MeanKbps);
        for (int i = 0; i < 60; i++) table.Measure(new StreamLoad(9, 10, 20_000), 1, 10);
        Assert.InRange(table.Find(9, 10).MeanKbps!.Value, 2_000, 2_010);
        table.Measure(new StreamLoad(9, 0, 0), 1, 10);
        Assert.InRange(table.Find(9, 10).MeanKbps!.Value, 2_000, 2_010);
    }

    [Fact]
    public void A_flood_of_streams_that_never_return_keeps_to_the_capacity()
    {
        var table = new StreamTable(1_024, 64);
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) table.Warm((ulong)random.NextInt64(), 1, 10 + (i / 10_000));
        Assert.InRange(table.CountStreams(), 1_000, table.Capacity);
    }

    [Fact]
    public void The_quiet_give_way_and_the_busy_stay()
    {
        var table = new StreamTable(1_024, 64);
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            table.Warm(4_711UL << 32, 7, 10 + (i / 100));
            table.Warm((ulong)random.NextInt64(), 1, 10 + (i / 100));
        }
        Assert.True(table.Find(4_711UL << 32, 209).IsWarmAt(7));
    }

    [Fact]
    public void A_site_the_table_was_not_made_for_is_passed_over()
    {
        var table = new StreamTable(64, 64);
        table.Warm(9, 64, 10);
        Assert.False(table.Find(9, 10).IsWarmAt(64));
    }
}
