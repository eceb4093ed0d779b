using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Tests.Core.Dispatch;

public sealed class StartLedgerTests
{
    private readonly StartLedger _ledger = new();

    [Fact]
    public void Nothing_is_told_before_the_first_ticket() => Assert.Null(_ledger.StartedAt(0));

    [Fact]
    public void The_newest_period_and_the_three_before_it_are_counted()
    {
        for (byte period = 10; period < 20; period++) _ledger.Add(period, 100 + period, 2_000 * period);
        Assert.Equal(new StartedLoad(16, 116 + 117 + 118 + 119), _ledger.StartedAt(40_000));
        _ledger.Add(17, 1, 40_000);
        Assert.Equal(new StartedLoad(16, 116 + 117 + 118 + 119 + 1), _ledger.StartedAt(40_000));
    }

    [Fact]
    public void A_ticket_from_before_the_window_is_not_counted()
    {
        _ledger.Add(20, 100, 0);
        _ledger.Add(16, 7, 100);
        _ledger.Add(52, 7, 100); // as far ahead as behind: too little counted is safe, too much is not
        Assert.Equal(new StartedLoad(17, 100), _ledger.StartedAt(200));
    }

    [Fact]
    public void Numbers_go_round()
    {
        _ledger.Add(63, 5, 0);
        _ledger.Add(0, 6, 2_000);
        Assert.Equal(new StartedLoad(61, 11), _ledger.StartedAt(2_000));
        _ledger.Add(3, 7, 8_000);
        Assert.Equal(new StartedLoad(0, 13), _ledger.StartedAt(8_000));
    }

    [Fact]
    public void What_is_old_is_not_told_and_any_number_is_new_then()
    {
        _ledger.Add(40, 100, 0);
        Assert.NotNull(_ledger.StartedAt(14_999));
        Assert.Null(_ledger.StartedAt(15_000));
        _ledger.Add(5, 8, 16_000); // the replica has started anew
        Assert.Equal(new StartedLoad(2, 8), _ledger.StartedAt(16_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_999)]
    [InlineData(126_000)]
    [InlineData(1_000_000_123)]
    public void A_number_is_the_latest_period_that_has_it(long nowMs)
    {
        byte period = AdmissionPeriod.Of(nowMs);
        long began = AdmissionPeriod.BeganMs(period, nowMs);
        Assert.InRange(nowMs - began, 0, AdmissionPeriod.LengthMs - 1);
        Assert.Equal(began - (3 * AdmissionPeriod.LengthMs), AdmissionPeriod.BeganMs((byte)((period + AdmissionPeriod.Count - 3) % AdmissionPeriod.Count), nowMs));
    }
}
