using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class GrantLedgerTests
{
    private const long Capacity = 1_000_000;

    [Fact]
    public void An_idle_node_is_leased_evenly_to_all_who_assign()
    {
        Assert.All(Limits(new GrantLedger(null), 0, 0, 0, 0), limit => Assert.Equal(330_000, limit));
    }

    [Fact]
    public void Who_has_the_viewers_gets_most_of_what_is_free_and_who_has_none_some()
    {
        long[] limits = Limits(new GrantLedger(null), 0, 490_000, 0);
        Assert.InRange(limits[0], 490_000 + 449_999, 490_000 + 450_000);
        Assert.InRange(limits[1], 49_999, 50_000);
    }

    [Fact]
    public void What_is_taken_back_goes_to_another_only_when_nobody_can_be_using_it()
    {
        var ledger = new GrantLedger(null);
        Limits(ledger, 0, 0, 0);
        // The first has filled its half. The other's half is its own for a term, and a part of it as long as it might hear nothing.
        long First(long nowMs) => Limits(ledger, nowMs, 495_000, 0)[0];
        Assert.Equal(495_000, First(1_000));
        for (int second = 2; second < 14; second++) Assert.Equal(495_000, First(second * 1_000));
        for (int second = 14; second < 70; second++) First(second * 1_000);
        Assert.InRange(First(70_000), 700_000, 750_000);
        for (int second = 71; second < 150; second++) First(second * 1_000);
        Assert.InRange(First(150_000), 930_000, 945_000);
    }

    [Fact]
    public void After_a_cut_nobody_may_go_beyond_its_aim_of_what_is_left()
    {
        var ledger = new GrantLedger(null);
        Limits(ledger, 0, 300_000, 300_000);
        ImmutableArray<ReplicaLoad> cut = ledger.Grant(1_000, 500_000, 600_000, [new(1, 0, 300_000), new(2, 0, 300_000)], 1_000);
        Assert.All(cut, load => Assert.Equal(300_000, load.Grant!.Value.LimitKbps));
    }

    [Fact]
    public void A_node_that_started_anew_leases_nothing_until_the_last_lease_of_its_earlier_life_is_over()
    {
        var ledger = new GrantLedger(startedMs: 500);
        Assert.Equal([10_000, 0], Limits(ledger, 71_499, 10_000, 0));
        Assert.True(Limits(ledger, 71_500, 10_000, 0)[1] > 0);
    }

    [Fact]
    public void Who_is_not_named_any_more_keeps_its_leases_to_their_end()
    {
        var ledger = new GrantLedger(null);
        Limits(ledger, 0, 0, 0);
        long alone = ledger.Grant(1_000, Capacity, 0, [new(1, 0, 0)], 1_000)[0].Grant!.Value.LimitKbps;
        Assert.Equal(495_000, alone);
        Assert.Equal(990_000, ledger.Grant(71_000, Capacity, 0, [new(1, 0, 0)], 1_000)[0].Grant!.Value.LimitKbps);
    }

    [Fact]
    public void What_others_than_the_scheduler_send_there_is_never_leased()
    {
        ImmutableArray<ReplicaLoad> granted = new GrantLedger(null).Grant(0, Capacity, 400_000, [new(1, 0, 100_000)], 1_000);
        Assert.Equal(690_000, granted[0].Grant!.Value.LimitKbps);
    }

    [Fact]
    public void A_lease_says_its_terms_and_a_longer_interval_makes_them_longer()
    {
        ReplicaLoad load = new GrantLedger(null).Grant(0, Capacity, 100_000, [new(1, 0, 100_000)], 1_000)[0];
        Assert.Equal(new EscrowGrant(990_000, 3_000, 545_000, 60_000), load.Grant);
        Assert.Equal(11_000, GrantLedger.LimitMs(5_000));
        Assert.Equal(121_000, new GrantLedger(null).Grant(0, Capacity, 0, [new(1, 0, 0)], 60_000)[0].Grant!.Value.HeldMs);
    }

    private static long[] Limits(GrantLedger ledger, long nowMs, params long[] loads)
    {
        ReplicaLoad[] byReplica = [.. loads.Select((kbps, i) => new ReplicaLoad(i + 1, 0, kbps))];
        return [.. ledger.Grant(nowMs, Capacity, loads.Sum(), byReplica, 1_000).Select(load => load.Grant!.Value.LimitKbps)];
    }
}
